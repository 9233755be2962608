"""Industrial zones, their plots, milestones and issues, and who supplies whom."""
