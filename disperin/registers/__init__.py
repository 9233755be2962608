"""What all registers share: the record, its number, its form, its audience, its versions. Knows none of them."""
