"""Things Groups on the screen: their list, one in detail, and what moving one means."""
