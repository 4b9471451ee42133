"""What is asked of other systems, what comes of their answers, and what they may tell us."""
