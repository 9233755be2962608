"""What makers report each quarter: the reports, their way through SIINas, and who kept the deadline."""
