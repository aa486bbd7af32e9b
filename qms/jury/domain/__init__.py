"""Jury arithmetic, in plain Python."""
