"""Pages for people outside, and for those who let them in."""
