"""The stars of One Village One Product: rounds, nominations, awards."""
