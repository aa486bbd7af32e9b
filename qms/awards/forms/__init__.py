"""Forms of the awards."""
