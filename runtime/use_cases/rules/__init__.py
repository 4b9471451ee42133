"""What do the rules of apps do when something happens, or when time has passed?"""
