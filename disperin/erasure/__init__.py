"""A person's right to erasure: one verb that blanks what the portal keeps of a person, and leaves its trace."""
