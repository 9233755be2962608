"""The roof that visitors see first: home, search, about."""
