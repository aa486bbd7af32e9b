"""Reads of the awards."""
