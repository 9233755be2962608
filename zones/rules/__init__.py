"""Rules on industrial zones and their projects: pure functions without database or request, each with its source."""
