"""Parts of a file (RFC 9110, 14): whoever lost the line goes on where it broke."""

import re
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from whitenoise.responders import SlicedFile

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def in_part(request: HttpRequest, answer: FileResponse, file: Any, *, etag: str) -> HttpResponseBase:
    """The FileResponse of an open file, or that part of it which the request asks for; of several parts the whole."""
    answer["ETag"], answer["Accept-Ranges"] = etag, "bytes"
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or not any(asked.groups()) or request.headers.get("If-Range", etag) != etag:
        return answer
    first, last = asked.groups()
    size = file.size
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    headers = {**answer.headers, "Content-Range": f"bytes {start}-{end}/{size}", "Content-Length": end - start + 1}
    headers["Content-Encoding"] = "identity"  # a part cannot be compressed by itself
    return FileResponse(SlicedFile(file, start, end), status=206, headers=headers)
