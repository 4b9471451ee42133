"""The list of what one person hands over to another: prepared, given, received."""
