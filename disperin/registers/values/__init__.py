"""What may stand in a field: read, checked, brought into its one form, compared, and who may see it."""
