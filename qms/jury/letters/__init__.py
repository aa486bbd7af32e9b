"""What letters of the jury say."""
