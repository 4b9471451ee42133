"""How is a form drawn, filled in and looked over while somebody types?"""
