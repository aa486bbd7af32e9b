"""Documents as data, the engine that sets them, and what came out."""
