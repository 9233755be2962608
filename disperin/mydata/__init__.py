"""The records of every register within somebody's reach as tables: columns, lacks, many changes at once."""
