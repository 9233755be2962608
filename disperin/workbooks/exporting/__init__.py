"""From a register to a file: what is asked for, how it is written, where long files are kept."""
