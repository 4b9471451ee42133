"""How do apps come into a workspace, prove themselves there, and leave again?"""
