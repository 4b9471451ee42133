"""Does an app do what its scenarios tell, by the real use cases on a workspace of its own?"""
