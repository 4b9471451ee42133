"""What happens when the same is done to everything that a list finds?"""
