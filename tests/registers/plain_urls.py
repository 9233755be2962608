"""The portal, and besides the plain pages of every register below `/polos/`."""

from django.urls import include, path

from disperin.submissions.views.record_page import plain_pages_of
from disperin.urls import handler404, urlpatterns
from tests.registers.each_register import REGISTERS

__all__ = ["handler404", "urlpatterns"]
plain = [route for one in REGISTERS for route in plain_pages_of(f"{one.slug}/", one.model)]
urlpatterns = [path("polos/", include((plain, "plain"))), *urlpatterns]
