"""What may be typed into a field: each reader answers the value, or says the rule (contract §9)."""
