"""The configuration of an account as files: written, read, and compared with the account."""
