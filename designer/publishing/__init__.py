"""Which pages take a draft to everybody, and back?"""
