"""The seeded fleet: an account with its networks, Things, people and troubles."""
