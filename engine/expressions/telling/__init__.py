"""How is an expression said to people who do not read FEEL?"""
