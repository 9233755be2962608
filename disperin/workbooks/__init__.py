"""Excel in and out: files are read, checked as a whole, and become submissions; registers are written as files."""
