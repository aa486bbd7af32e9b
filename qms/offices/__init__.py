"""For whom one acts: offices, regions, memberships and roles."""
