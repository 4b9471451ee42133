"""How does a new app or form begin?"""
