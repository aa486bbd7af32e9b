"""What happens in one moment, on PostgreSQL: these tests commit, so they run apart from all others."""
