"""The log of requests: who asked for what, from where, and what came of it."""

import structlog
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle


class RequestLogMiddleware(RequestMiddleware):
    """Names the address that the limits count: a header is believed of the proxies before us alone."""

    @classmethod
    def bind_ip(cls, request: HttpRequest) -> None:
        structlog.contextvars.bind_contextvars(ip=BaseThrottle().get_ident(Request(request)))
