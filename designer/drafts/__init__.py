"""What can designers do with the draft of an app?"""
