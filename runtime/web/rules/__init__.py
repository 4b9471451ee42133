"""Which pages tell what the rules did, where work went and what it earned?"""
