"""Paper about results."""
