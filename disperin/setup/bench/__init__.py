"""Measuring: a hundred thousand generated establishments, the real server, a bare one beside it, eight connections."""
