"""Which pages does an administrator keep the house with?"""
