"""Self-assessment: an office scores itself by a framework, alone first, then in consensus."""
