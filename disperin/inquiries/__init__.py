"""What visitors report or ask, with a tracking number, a clock, and the office's public answer."""
