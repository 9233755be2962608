"""A PostgreSQL of the project's own for `make demo` and `make test`; production names its own in `DATABASE_URL`."""

from disperin.embedded.cluster import Cluster, database_url
from disperin.embedded.errors import EmbeddedError

__all__ = ["Cluster", "EmbeddedError", "database_url"]
