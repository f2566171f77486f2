"""What can be watched, what can be done, and what is known so far."""
