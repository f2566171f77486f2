"""What the shell commands print: tables, CSV and JSON, line by line and safe for a terminal."""
