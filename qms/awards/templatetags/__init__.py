"""What templates of the awards ask for."""
