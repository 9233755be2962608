"""What each person sees first: what waits for them, what has a day, what has moved, and the rail to everything."""
