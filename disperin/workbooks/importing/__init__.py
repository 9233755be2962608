"""From the rows of a file to submissions: taken in, checked, proposed or brought in, one step after the other."""
