"""What happens in the world by itself, on the agenda and in world time."""
