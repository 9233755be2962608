"""Forums of the office with the regencies, and what was promised there: two registers that are read inside only."""
