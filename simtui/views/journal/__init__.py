"""The journal as a person reads it: rows, pages, texts and files, and how to take it back."""
