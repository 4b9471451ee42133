"""What follows from an event, or from time that passes without one."""
