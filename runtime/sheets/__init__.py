"""Reads and writes sheets: xlsx and text tables."""
