"""Which pages say what somebody has to do, and what has happened?"""
