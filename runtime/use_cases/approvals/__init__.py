"""What can people, programs and the clock do with approvals?"""
