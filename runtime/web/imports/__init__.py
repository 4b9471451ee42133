"""How does a sheet come in, step by step?"""
