"""What letters about awards say."""
