"""Who reads a page, as its templates know them."""

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import SimpleLazyObject

from disperin.accounts.context import reader
from disperin.accounts.models import User


def test_a_template_gets_the_account_itself(officer, rf):
    request = rf.get("/")
    request._cached_user = officer
    request.user = SimpleLazyObject(lambda: officer)

    assert type(reader(request)["user"]()) is User


def test_nobody_is_looked_up_for_a_page_that_does_not_ask(rf):
    request = rf.get("/")
    request.user = SimpleLazyObject(lambda: 1 / 0)

    assert callable(reader(request)["user"])


def test_who_has_just_signed_out_is_a_visitor(rf):
    request = rf.get("/")
    request.user = AnonymousUser()

    assert reader(request)["user"]() is request.user
    assert reader(rf.get("/"))["user"]() is None
