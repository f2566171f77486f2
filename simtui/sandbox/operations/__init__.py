"""The operations of contract §2, one module a resource; each registers its own."""
