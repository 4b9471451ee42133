"""How is a value shown on a page?"""
