"""The demonstration network: example data, and a door to sign in as each role."""
