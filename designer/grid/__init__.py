"""How is a decision table edited as a grid?"""
