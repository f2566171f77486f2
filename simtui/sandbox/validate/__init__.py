"""The rules of contract §9 for what clients send; each raises a 400 naming the field."""
