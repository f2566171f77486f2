"""What is said about one Thing wherever it appears: words for its states, and its troubles."""
