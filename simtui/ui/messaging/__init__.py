"""Writing messages, cancelling them, and seeing what comes of them."""
