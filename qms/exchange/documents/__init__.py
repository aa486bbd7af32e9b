"""What a printed page of experience sharing contains."""
