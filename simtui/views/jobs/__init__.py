"""Jobs as a person reads them: what they are, how far, and what became of each Thing."""
