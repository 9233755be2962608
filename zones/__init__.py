"""Industrial zones: Jorong, Batulicin, Mantui, Seradang."""
