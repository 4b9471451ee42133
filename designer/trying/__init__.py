"""How is a draft tried before anybody works with it?"""
