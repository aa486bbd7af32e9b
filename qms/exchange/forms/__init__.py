"""Forms of experience sharing."""
