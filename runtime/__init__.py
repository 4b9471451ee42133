"""How do apps run? The only place with a database, a network, files and a clock."""
