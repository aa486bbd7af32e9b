"""What pages about results show."""
