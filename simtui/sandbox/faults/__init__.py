"""What can be made to go wrong on purpose (contract §10)."""
