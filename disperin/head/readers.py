"""Who gets the mail of a Monday: heads of office unless they said no, and whom an administrator added."""

from django.db.models import Q, QuerySet

from disperin.accounts.models import Role, User
from disperin.head.models import READERS, MondayChoice


def readers() -> QuerySet[User]:
    """Those who get it, if it were sent now."""
    chosen = Q(monday_choice__wanted=True) | Q(monday_choice=None, role=Role.HEAD)
    return User.objects.filter(chosen, is_active=True, role__in=READERS).exclude(email="")


def is_reader(user: User) -> bool:
    """Whether somebody wants it, or is to get it; without an address nothing arrives all the same."""
    choice = MondayChoice.objects.filter(user=user).first()
    return choice.wanted if choice else user.role == Role.HEAD


def may_choose(user: User) -> bool:
    """Whether it is for them to take or leave: heads of office, and whom an administrator added once."""
    return user.role == Role.HEAD or MondayChoice.objects.filter(user=user).exists()
