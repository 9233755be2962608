"""What is read of a register on its pages: lists, filters, counts, maps, and answers that are kept."""
