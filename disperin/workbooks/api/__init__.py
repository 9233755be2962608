"""Files of rows over the API: the same jobs, verbs and refusals as the pages."""
