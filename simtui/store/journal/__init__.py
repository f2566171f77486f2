"""The journal on disk and in memory: what was decided here, written down before it is sent."""
