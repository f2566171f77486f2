"""Editing the configuration: from a key to a change that a person has seen and confirmed."""
