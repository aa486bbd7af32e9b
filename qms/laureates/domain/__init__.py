"""What follows from decisions, in plain Python."""
