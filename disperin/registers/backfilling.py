"""What migrations write into rows that are there already, versions among them. Old migrations need it: only add."""

from django.db.migrations import RunSQL


def backfill(table, changes):
    """An operation that changes rows of a register and its versions; `changes` (SQL) names both as `{table}`.

    Versions are append-only for everybody: only here their guard rests, within the transaction of the migration, for
    a column that they did not have when they were written.
    """
    guard = f"ALTER TABLE {table}event {{}} TRIGGER USER"
    text = ";\n".join([guard.format("DISABLE"), changes.format(table=table).strip(" \n;"), guard.format("ENABLE")])
    return RunSQL(text, RunSQL.noop)


def origin_of(table):
    """What an administrator published directly says so; merging checks nothing, and keeps what was there."""
    return backfill(
        table,
        """
        UPDATE {table}event e SET origin = 'direct'
            FROM pghistory_context c JOIN submissions_submission s ON s.number = c.metadata->>'submission'
            WHERE c.id = e.pgh_context_id AND s.direct AND EXISTS (
                SELECT 1 FROM history_entry h WHERE h.verb = 'publish'
                    AND h.target_type = 'submissions.submission' AND h.target_id = s.id::text);
        UPDATE {table} r SET origin = 'direct'
            FROM {table}event e WHERE e.pgh_obj_id = r.id AND e.version = r.version AND e.origin = 'direct'
        """,
    )
