"""What does an app mean? Pure functions over frozen definitions: definitions in, decisions out."""
