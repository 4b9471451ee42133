"""Which pages show approvals, and where does somebody decide?"""
