"""What can a person or a program do? One file for each; every door comes through here."""
