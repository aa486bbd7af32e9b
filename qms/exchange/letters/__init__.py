"""Letters of experience sharing."""
