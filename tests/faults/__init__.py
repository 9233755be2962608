"""`make faults`: kills web server, job worker and PostgreSQL at random while people work; then counts what is there."""
