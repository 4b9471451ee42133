"""Providers of messages on loopback: they check what they are sent, and answer as the real ones."""
