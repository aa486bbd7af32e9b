"""Pure reckoning of a self-assessment."""
