"""The arithmetic and the order of improvement: priorities, effects, steps of the cycle."""
