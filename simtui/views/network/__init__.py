"""Networks on the screen: their list, their head lines, their pools and leases."""
