"""Where: regencies, districts, villages, and who reaches what."""
