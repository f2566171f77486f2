"""What the rules of a firewall chain match, what they decide, and what is wrong with them.

``match`` and ``evaluate`` say what a rule matches and what a chain decides (contract §3.5);
``grid`` and ``cover`` find the rules that earlier ones hide; ``lint`` tells it all.
"""
