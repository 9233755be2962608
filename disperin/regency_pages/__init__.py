"""A page for each regency: what is made there, by whom, with which stars, zones and gaps; on paper too."""
