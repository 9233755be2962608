"""`make interop`: what others make reads our API and our pages, each tool in an environment below `var/interop`.

It starts the demo on a free port with data of its own, asks each tool, prints what it said, and fails if one finds
fault. `python -m tests.interop NAME …` asks only those.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests import demo
from tests.browser.chromium import arguments, installed

PROJECT = Path(__file__).resolve().parent.parent.parent
HOME = PROJECT / "var" / "interop"
PAGES = ("/", "/industri/", "/ovop/", "/kawasan/", "/data-terbuka/", "/cari/")
# of each of these lists the page of its first record too
RECORDS = {"awards": "/ovop/{number}/", "establishments": "/industri/{number}/", "products": "/produk/{number}/",
           "zones": "/kawasan/{slug}/"}  # fmt: skip
CATEGORIES = {"accessibility": 95, "best-practices": 95, "seo": 95}  # performance is printed: it depends on the machine
QUIET_RULES = {"extends": ["spectral:oas"]}


def npm(*packages):
    """The folder of an environment with these packages of npm."""
    folder = HOME / packages[0].strip("@").replace("/", "-").rsplit("@", 1)[0]
    folder.mkdir(parents=True, exist_ok=True)
    _run("npm", "install", "--prefix", folder, "--no-audit", "--no-fund", "--loglevel=error", *packages)
    return folder / "node_modules" / ".bin"


def venv(*packages):
    """The folder of the programs of an environment with these packages of Python."""
    folder = HOME / packages[0].split("==")[0]
    if not (folder / "bin" / "python").exists():
        _run(sys.executable, "-m", "venv", folder)
        _run(folder / "bin" / "python", "-m", "pip", "install", "-qq", "--disable-pip-version-check", *packages)
    return folder / "bin"


def redocly(address):
    """The description keeps the rules of Redocly's linter."""
    _run(npm("@redocly/cli@2") / "redocly", "lint", "--extends", "spec", _description(address))


def spectral(address):
    """The description keeps the rules of Spectral."""
    rules = HOME / "spectral.json"
    rules.write_text(json.dumps(QUIET_RULES))
    lint = npm("@stoplight/spectral-cli@6") / "spectral"
    _run(lint, "lint", "--ruleset", rules, "--fail-severity", "error", _description(address))


def typescript(address):
    """A client for TypeScript is made from the description, and its compiler accepts it."""
    tools = npm("openapi-typescript@7", "typescript@5")
    made = HOME / "client.ts"
    _run(tools / "openapi-typescript", _description(address), "--output", made)
    _run(tools / "tsc", "--noEmit", "--strict", made)


def python(address):
    """A client for Python is made from the description, and reads makers with it."""
    tools = venv("openapi-python-client")
    made = HOME / "client"
    shutil.rmtree(made, ignore_errors=True)
    make = [tools / "openapi-python-client", "generate", "--path", _description(address), "--meta", "none"]
    _run(*make, "--output-path", made / "portal")
    reads = (
        "from portal import Client\n"
        "from portal.api.establishments import establishments_list as listing\n"
        f"page = listing.sync(client=Client(base_url={address!r}))\n"
        "assert page.results and page.results[0].number.startswith('IKM-'), page\n"
        "print(len(page.results), 'makers were read')\n"
    )
    _run(tools / "python", "-c", reads, cwd=made)


def lighthouse(address):
    """Pages reach their marks on a telephone, the median of `RUNS` (1); what is found wanting is printed."""
    tool, runs = npm("lighthouse@13") / "lighthouse", int(os.environ.get("RUNS", "1"))
    low = {}
    for page in (*PAGES, *_records(address)):
        told = [_looked_at(tool, f"{address}{page}") for _run in range(runs)]
        marks = {
            name: round(100 * statistics.median(one["categories"][name]["score"] for one in told))
            for name in told[0]["categories"]
        }
        wanting = sorted({finding for one in told for finding in _wanting(one)})
        print(f"  {page}: {marks} {', '.join(wanting)}", flush=True)
        low |= {f"{page} {name}": marks[name] for name, least in CATEGORIES.items() if marks[name] < least}
    if low:
        raise SystemExit(f"Too low: {low}, wanted {CATEGORIES}.")


def _looked_at(tool, url):
    """What Lighthouse tells of a page."""
    told = HOME / "lighthouse.json"
    options = ["--quiet", "--output=json", f"--output-path={told}"]
    flags = " ".join(["--headless", *arguments()])
    _run(tool, url, *options, f"--chrome-flags={flags}", env={"CHROME_PATH": installed() or ""})
    return json.loads(told.read_text())


def _wanting(told):
    """The names of what is short of the best mark, without what is about speed."""
    for name, category in told["categories"].items():
        for part in category["auditRefs"]:
            score = told["audits"][part["id"]]["score"]
            if name != "performance" and part["weight"] and score is not None and score < 1:
                yield part["id"]


def _records(address):
    """The address of a record's page of each kind."""
    for name, page in RECORDS.items():
        with urllib.request.urlopen(f"{address}/api/v1/{name}/") as answer:  # noqa: S310 - our own address
            first = json.load(answer)["results"][0]
        yield page.format(number=first.get("number"), slug=first.get("slug"))


TOOLS = {one.__name__: one for one in (redocly, spectral, typescript, python, lighthouse)}


def _run(*command, env=None, **options):
    subprocess.run([str(part) for part in command], check=True, env={**os.environ, **(env or {})}, **options)


def _description(address):
    path = HOME / "openapi.json"
    with urllib.request.urlopen(f"{address}/api/v1/schema/") as answer:  # noqa: S310 - our own address
        path.write_bytes(answer.read())
    return path


def main(wanted):
    """Serve, ask each tool, and say how it went; the exit code is 1 when a tool found fault."""
    HOME.mkdir(parents=True, exist_ok=True)
    failed = []
    with demo.running(HOME / "demo", API_RATE_ANONYMOUS="6000/min") as address:
        for name in wanted or TOOLS:
            print(f"{name}: {TOOLS[name].__doc__}", flush=True)
            try:
                TOOLS[name](address)
            except (subprocess.CalledProcessError, SystemExit) as error:
                print(f"  {error}", flush=True)
                failed.append(name)
    print(f"Found fault: {', '.join(failed)}." if failed else "Nobody found fault.")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
