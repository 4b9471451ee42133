"""Records that belong to nobody: taken, put back, and given to somebody by themselves."""
