"""What the head of the office reads in ten seconds: what is late, what has moved, and what passed its threshold."""
