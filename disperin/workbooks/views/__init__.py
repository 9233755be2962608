"""The pages under `/usulan/impor/`."""
