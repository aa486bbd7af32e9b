"""Reads over editions, consents, visits and what offices ask of each other."""
