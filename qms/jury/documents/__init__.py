"""Paper of the jury."""
