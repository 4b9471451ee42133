"""The actions, one file each: the word in the YAML is the name of the file."""
