"""The wire: everything that knows HTTP, and the only place that imports httpx."""
