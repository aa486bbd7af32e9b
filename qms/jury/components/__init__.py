"""What jury pages show."""
