"""What may people outside fill in, who lets them, and what comes of it?"""
