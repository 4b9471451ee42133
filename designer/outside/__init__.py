"""Designing what people outside fill in without signing in."""
