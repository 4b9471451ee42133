"""Which pages show one record, and what is done with it there?"""
