"""What letters about results say."""
