"""Pure reckoning of example scores, and the written material."""
