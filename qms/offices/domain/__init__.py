"""Pure reckoning about roles and imported lines."""
