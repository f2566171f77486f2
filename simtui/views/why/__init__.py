"""Why is it offline: a ladder of checks in the order in which an operator asks.

`evidence` is what is known and how old it is, one module a rung judges a part of it, and
`diagnose` names the likely cause. Nothing here asks anybody for anything.
"""
