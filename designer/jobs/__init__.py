"""The kinds of work for later that the designer brings, one file each."""
