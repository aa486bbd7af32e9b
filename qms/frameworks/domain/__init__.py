"""What a framework is and how its scores add up: pure reckoning, without database."""
