"""Which pages show many records at once, and what is done with them there?"""
