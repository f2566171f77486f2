"""Profiles and keymap: read from TOML and the environment, checked, saved."""
