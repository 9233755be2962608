"""One box that finds what is in the portal: by number, by what stands inside, by words."""
