"""The account: limits, quota, the API itself, APN and coverage."""
