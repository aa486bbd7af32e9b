"""One file per place where the platform runs; none is the default."""
