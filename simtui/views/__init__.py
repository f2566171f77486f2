"""Pure functions from models to what a person reads: no I/O, no terminal."""
