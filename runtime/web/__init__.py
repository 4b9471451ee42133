"""What do people and programs see of the platform over HTTP?"""
