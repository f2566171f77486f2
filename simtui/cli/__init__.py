"""The command line: one small module a command, loaded before anything heavy is."""
