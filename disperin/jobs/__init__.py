"""Work that outlasts a request: who does it, what was left by a worker that died, and who is at it alone.

A job is ordered within the transaction that needs it, for the table of tasks lies in the same database: either both are
there or neither. It may be begun more than once (its worker may die at any moment), so each goes on where it was.
"""
