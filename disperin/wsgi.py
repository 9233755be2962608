"""The portal as a WSGI application: gunicorn serves it."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "disperin.settings")
application = get_wsgi_application()
import_module("disperin.regions.guard").refuse_foreign_province()
connections.close_all()  # it was for that question only

# What the portal is made of stays as long as the worker lives: looking for garbage among it, now and again, took as
# long as drawing a page.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
