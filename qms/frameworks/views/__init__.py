"""Pages of the frameworks, by what one does there."""
