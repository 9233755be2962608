"""Units of the office and the offices of the regencies: what promises, letters and indicators name."""
