"""The roof that visitors see first: home, what the office owes its readers, what other sites and engines find."""
