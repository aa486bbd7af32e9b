"""A jury decides fairly and provably: pools, declarations, blind ballots, agreement, visits, decisions, protocol."""
