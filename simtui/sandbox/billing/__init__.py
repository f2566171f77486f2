"""What Things cost: who is charged for a cycle, what was used, and the reports."""
