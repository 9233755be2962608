"""News and calls of the office: a small register above all that registers share; it knows no other."""
