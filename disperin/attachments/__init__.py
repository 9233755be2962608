"""Photographs and documents: private until the record that shows them is verified."""
