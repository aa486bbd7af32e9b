"""What the pages of experience sharing show."""
