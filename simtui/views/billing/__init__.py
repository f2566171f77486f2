"""The bill as a person reads it: amounts exactly as they are told, sums, estimate, comparison."""
