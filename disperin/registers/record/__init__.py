"""The record that every register is made of: its tables, number, versions, and what is kept beside it."""
