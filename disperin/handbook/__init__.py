"""The handbook inside the portal: one page for each task, and the list of a first day."""
