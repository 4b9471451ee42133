"""The panels of the designer: everything that can be set of what is chosen, in plain words."""
