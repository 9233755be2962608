"""The one gate into a register: its form, for one proposal or for many at once."""
