"""Runbooks: what the next step is, what each line says, and the report for a ticket."""
