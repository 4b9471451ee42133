"""Which pages are about people: signing in, departments, handing over?"""
