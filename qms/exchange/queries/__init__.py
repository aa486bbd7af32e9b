"""Reads over editions, consents, visits and what offices ask of each other."""

from .naming import named_now as named_now
