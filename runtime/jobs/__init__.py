"""Work for later: who does it, and what kinds of it there are."""
