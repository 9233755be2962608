"""The pages of inquiries: what visitors send and look up, and what the office does with it."""
