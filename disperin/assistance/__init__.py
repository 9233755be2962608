"""Assistance of the office: what makers and clusters were given, by which programme, and what became of it."""
