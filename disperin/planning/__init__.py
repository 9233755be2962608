"""What the office is to reach: indicators with targets and realisations, and the units that answer for them."""
