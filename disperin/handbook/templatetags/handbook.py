"""Which chapter of the handbook a page leads to."""

from django import template
from django.template import RequestContext

from disperin.handbook.chapters import Chapter, chapter_about

register = template.Library()


@register.simple_tag(takes_context=True)
def chapter(context: RequestContext) -> Chapter | None:
    """The chapter about what this page is for, or None."""
    request = context["request"]
    match = request.resolver_match
    shown = {name: context.get(name) for name in ("submission", "kind")}
    return chapter_about(match.view_name, request.user, shown) if match else None
