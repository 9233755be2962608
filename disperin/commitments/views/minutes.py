"""The minutes of a forum as a paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from disperin.accounts.requests import UserRequest
from disperin.commitments.models import Forum
from disperin.commitments.papers import minutes_of
from disperin.desk.pages import Desk
from disperin.papers.official import official_pdf
from disperin.registers.api.drawing import drawn


class MinutesFile(Desk):
    """`/forum/<number>/berita-acara.pdf`: what was promised, within reach, with places to sign."""

    def get(self, request: UserRequest, number: str) -> HttpResponse:
        if "\x00" in number:
            raise Http404
        reachable = Forum.objects.within_reach(request.user).select_related("regency")
        forum = get_object_or_404(reachable, number=number)
        named = {"Content-Disposition": f'inline; filename="berita-acara-{forum.number}.pdf"'}
        paper = minutes_of(forum, request.user, timezone.localdate())
        return drawn(request, lambda: official_pdf(paper), "application/pdf", headers=named)
