"""Pieces of the pages about awards."""
