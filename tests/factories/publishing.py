"""How a record of any register comes to be: published at once by an administrator."""

from disperin.accounts.models import Role, User
from disperin.registers.record import directory
from disperin.submissions import actions
from tests.factories.reference import UserFactory


def an_administrator():
    """The administrator who publishes what a test merely needs to be there."""
    return User.objects.filter(role=Role.ADMINISTRATOR).first() or UserFactory(role=Role.ADMINISTRATOR)


def published(slug, values):
    """A verified record of a register, through the same door as everything else."""
    return actions.publish(directory.get(slug), values, by=an_administrator())
