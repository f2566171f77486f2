"""The route table of a network as a person reads it."""
