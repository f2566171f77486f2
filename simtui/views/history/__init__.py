"""What changed, in words, rows and files."""
