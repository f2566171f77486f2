"""What the store saw change: compared, told apart, kept within bounds."""
