"""How does a page answer the question why?"""
