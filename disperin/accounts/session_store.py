"""Sessions kept in the database as Django keeps them, read by one plain statement: each page of somebody asks for it,
and to make Django's statement anew took four times as long as to run it.
"""

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

_READ = (
    f"SELECT session_data, expire_date FROM {Session._meta.db_table}"  # noqa: S608 - the name of a table of Django's
    " WHERE session_key = %s AND expire_date > %s"
)


class SessionStore(db.SessionStore):
    """The engine that `SESSION_ENGINE` names; but for how it reads, it is Django's own."""

    def _get_session_from_db(self) -> Session | None:
        key = self.session_key or ""
        row = None
        if "\x00" not in key:  # a cookie may say it as \000; the database takes no such text
            with connection.cursor() as cursor:
                cursor.execute(_READ, [key, timezone.now()])
                row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return None
        return Session(session_key=key, session_data=row[0], expire_date=row[1])
