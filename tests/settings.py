"""The portal's settings as the tests see them: a PostgreSQL of their own, fixed answers, cheap passwords.

The environment is set before `disperin.settings` is read; workers of pytest-xdist inherit it. A `DATABASE_URL` from
outside wins, so that the same tests run on any other PostgreSQL.
"""

import os
import tempfile

from disperin import embedded

if "VAR_DIR" not in os.environ:
    os.environ["DATABASE_URL"] = embedded.database_url(purpose="tests")
    _folder = tempfile.TemporaryDirectory(prefix="disperin-tests-")  # kept by its name: it goes when the process ends
    os.environ["VAR_DIR"] = _folder.name
os.environ.update(
    SECRET_KEY="a-secret-for-tests-only-" * 3,
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    BEHIND_HTTPS="0",
    REQUIRE_SECOND_FACTOR="0",
    DEBUG="0",
    DEMO="0",
)

from disperin.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "disperin.attachments.storage.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # static files straight from their folders: nothing to collect before a test
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in CACHES}  # noqa: F405
TASKS = {"default": {"BACKEND": "tests.working.WorksOnceThrough"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": {"anon": "", "user": ""}}  # noqa: F405
