"""What the pages of self-assessment show."""
