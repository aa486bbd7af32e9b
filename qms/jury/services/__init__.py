"""What changes a jury's rows."""
