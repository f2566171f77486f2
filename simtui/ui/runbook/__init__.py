"""Carrying out runbooks: step by step for one SIM, by itself for many silent Things."""
