"""Port forwarding as it is shown: its list, and what is wrong with a rule (contract §3.6)."""
