"""Pages and dialogs: what fills the terminal."""
