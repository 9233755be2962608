"""How the files of pages are kept for serving."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

SCRIPTS = "js/*.js"  # the portal's own; in those of packages, text that looks like an import may be none


class HashedFiles(CompressedManifestStaticFilesStorage):
    """Names bear the hash of their content, also where one of the portal's scripts imports another."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        (SCRIPTS, CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
