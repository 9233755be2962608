"""Supervision: inspections of makers and zones, what was found, and what is to be done about it by when."""
