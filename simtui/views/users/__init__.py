"""Who may use the account, and what each permission level may do (contract §3.10)."""
