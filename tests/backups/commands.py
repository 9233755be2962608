"""The two commands, as tests call them."""

from io import StringIO

from django.core.management import call_command


def backed_up(to, *options):
    """Take a backup; gives the address of the archive."""
    said = StringIO()
    call_command("backup", str(to), *options, stdout=said)
    return said.getvalue().split(": ")[0]
