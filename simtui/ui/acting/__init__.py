"""Acting on Things: of whom, what, the plan, the confirmation, and what became of it."""
