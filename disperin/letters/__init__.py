"""Letters that ask the offices of the regencies for data, each with the way into the import."""
