"""What experience sharing does: each service atomic, logged, by somebody."""
