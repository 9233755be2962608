"""Backups: the rows and files of one moment in one archive, and the way back into an empty portal.

Rows travel as PostgreSQL's own text (COPY); tables are made by our migrations (docs/decisions/0017).
"""
