"""Views of experience sharing, by area."""
