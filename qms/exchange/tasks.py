"""What workers do for experience sharing."""
