"""Figures of the public registers: how many records there are by whatever their lists are narrowed by."""
