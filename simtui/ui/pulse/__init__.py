"""The Pulse while an account is visited: what it watches, when it judges, whom it alerts."""
