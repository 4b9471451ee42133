"""What is asked of another system, and what does its answer say?"""
