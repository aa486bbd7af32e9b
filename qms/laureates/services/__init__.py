"""What changes rows about results."""
