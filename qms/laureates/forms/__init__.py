"""Forms about results."""
