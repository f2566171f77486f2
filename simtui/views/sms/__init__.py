"""Messages: what a text costs, how they stand, and what to say of them."""
