"""Rows that count on some days only, such as standards that the office or a regulation lays down."""
