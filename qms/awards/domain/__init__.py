"""Rules and reckoning of the awards."""
