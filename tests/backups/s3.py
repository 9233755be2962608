"""A small server that speaks S3: it keeps objects in memory, and believes only what is signed with its key."""

import hashlib
import hmac
import re
import threading
import uuid
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, unquote, urlsplit
from xml.sax.saxutils import escape

KEY, SECRET, REGION = "AKIATESTS", "a-secret-for-tests", "ap-southeast-3"
_SIGNED = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d+)/([^/]+)/s3/aws4_request, SignedHeaders=(\S+), Sig\w+=(\w+)"
)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def _answer(self):
        parts = urlsplit(self.path)
        self.key, self.asked = unquote(parts.path).lstrip("/"), dict(parse_qsl(parts.query, keep_blank_values=True))
        self.body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self._is_signed(parts):
            return self._say(403, b"<Error><Code>SignatureDoesNotMatch</Code></Error>")
        if self.server.broken(self.command, self.asked):
            return self._say(403, b"<Error><Code>AccessDenied</Code></Error>")
        return getattr(self, f"_{self.command.lower()}")()

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 - as http.server calls them

    def _is_signed(self, parts):
        """Does the signature (version 4) fit the request, with a hash that fits its body?"""
        signed = _SIGNED.fullmatch(self.headers.get("Authorization", ""))
        if signed is None:
            return False
        who, day, region, names, signature = signed.groups()
        digest = self.headers["x-amz-content-sha256"]
        query = "&".join(f"{quote(k, '')}={quote(v, '')}" for k, v in sorted(self.asked.items()))
        headers = "".join(f"{name}:{self.headers[name].strip()}\n" for name in names.split(";"))
        request = "\n".join([self.command, parts.path, query, headers, names, digest])
        scope = f"{day}/{region}/s3/aws4_request"
        text = "\n".join(
            ["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, hashlib.sha256(request.encode()).hexdigest()]
        )
        key = f"AWS4{SECRET}".encode()
        for part in (day, region, "s3", "aws4_request", text):
            key = hmac.digest(key, part.encode(), "sha256")
        return (who, region, key.hex(), digest) == (KEY, REGION, signature, hashlib.sha256(self.body).hexdigest())

    def _say(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": len(body), **headers}.items():
            self.send_header(name.replace("_", "-"), str(value))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _put(self):
        tag = f'"{hashlib.md5(self.body).hexdigest()}"'  # noqa: S324 - as S3 does
        if upload := self.asked.get("uploadId"):
            if upload not in self.server.uploads:  # given up meanwhile
                return self._say(404, b"<Error><Code>NoSuchUpload</Code></Error>")
            self.server.uploads[upload][int(self.asked["partNumber"])] = self.body
        else:
            self.server.objects[self.key] = self.body
        return self._say(200, ETag=tag)

    def _post(self):
        if "uploads" in self.asked:
            upload = uuid.uuid4().hex
            self.server.uploads[upload] = {}
            told = f"<InitiateMultipartUploadResult><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>"
        elif upload := self.asked.get("uploadId"):
            pieces = self.server.uploads.pop(upload)
            self.server.objects[self.key] = b"".join(pieces[number] for number in sorted(pieces))
            told = '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>'
        else:
            bucket = self.key
            keys = re.findall(r"<Key>([^<]+)</Key>", self.body.decode())
            for key in keys:
                self.server.objects.pop(f"{bucket}/{key}", None)
            told = f"<DeleteResult>{''.join(f'<Deleted><Key>{key}</Key></Deleted>' for key in keys)}</DeleteResult>"
        self._say(200, told.encode())

    def _get(self):
        if "list-type" in self.asked:
            return self._say(200, self._listed().encode())
        found = self.server.objects.get(self.key)
        if found is None:
            return self._say(404, b"<Error><Code>NoSuchKey</Code></Error>")
        return self._say(200, found, ETag='"x"', Last_Modified="Sun, 29 Nov 2026 03:00:00 GMT")

    _head = _get

    def _listed(self):
        bucket, prefix = self.key.rstrip("/"), self.asked.get("prefix", "")
        names = [name.removeprefix(f"{bucket}/") for name in sorted(self.server.objects)]
        rows = [
            f"<Contents><Key>{escape(name)}</Key><LastModified>2026-11-29T03:00:00.000Z</LastModified><Size>"
            f'{len(self.server.objects[f"{bucket}/{name}"])}</Size><ETag>"x"</ETag></Contents>'
            for name in names
            if name.startswith(prefix) and "/" not in name[len(prefix) :]
        ]
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{''.join(rows)}</ListBucketResult>"

    def _delete(self):
        if upload := self.asked.get("uploadId"):
            self.server.uploads.pop(upload, None)
        else:
            self.server.objects.pop(self.key, None)
        self._say(204)


@contextmanager
def s3_server():
    """The server, with its address (`url`), its `objects` and unfinished `uploads`; `broken(method, query)` refuses."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.objects, server.uploads, server.broken = {}, {}, lambda method, asked: False
    server.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
