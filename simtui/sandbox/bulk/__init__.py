"""Actions on many Things at once (contract §6)."""
