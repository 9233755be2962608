"""What is taken out of what everybody reads: hidden by an administrator, or erased at a person's wish."""
