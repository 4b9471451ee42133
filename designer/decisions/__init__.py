"""How is a decision table edited in the browser?"""
