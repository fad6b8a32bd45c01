"""What stands between a function's Python and its host. Not for functions' own use."""
