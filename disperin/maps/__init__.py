"""Geometry of the regencies and the GeoJSON the pages draw; knows no model."""
