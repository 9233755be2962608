"""What holds of indicators, and of the tables that are printed of them. Pure."""
