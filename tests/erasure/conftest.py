"""Files are sent here as in the tests of files."""

from tests.workbooks.conftest import done, send  # noqa: F401 -- fixtures
