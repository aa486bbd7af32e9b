"""Reads of the jury."""
