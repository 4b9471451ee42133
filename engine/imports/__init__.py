"""What the columns and cells of a sheet mean for a form."""
