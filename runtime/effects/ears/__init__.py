"""How each provider tells us that somebody pressed a button, one file each."""
