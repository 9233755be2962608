"""What somebody is to see to by a day: one kind of task, whatever it is about."""
