"""Why is something so: which rule decided, and what did it see?"""
