"""What the documents point to is there, and nothing in them belongs to one machine."""

import re
import tomllib

from django.conf import settings
from django.core.management import get_commands

DOCUMENTS = [
    *sorted(settings.BASE_DIR.glob("*.md")),
    *sorted((settings.BASE_DIR / "docs").rglob("*.md")),
    *sorted((settings.BASE_DIR / "data").rglob("*.md")),
]
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
MENTIONED = re.compile(r"`((?:disperin|industries|ovop|zones|tests|templates|data|docs|locale)/[\w./-]+)`")
COMMAND = re.compile(r"manage\.py (\w+)")
PART_OF_A_DECISION = re.compile(
    r"^\*\*(Question|Weighed|Decided|Decision|Not chosen|Costs?|Checked)\.\*\*", re.MULTILINE
)
UNNAMED = {"urls", "download_urls", "deeds"}  # rooms that stand above all others, as the drawing says
ASKED_AS = re.compile(r"curl .*Authorization: (\w+)")


def found(look):
    """What `look(path, text)` finds in each document, by the document's name; those without are left out."""
    told = {str(path.relative_to(settings.BASE_DIR)): look(path, path.read_text()) for path in DOCUMENTS}
    return {name: one for name, one in told.items() if one}


def test_every_link_leads_somewhere():
    def missing(path, text):
        return [link for link in LINK.findall(text) if not (path.parent / link).exists()]

    assert found(missing) == {}


def test_every_file_that_is_named_exists():
    def missing(_path, text):
        return [name for name in MENTIONED.findall(text) if not (settings.BASE_DIR / name).exists()]

    assert found(missing) == {}


def test_the_drawing_of_the_rooms_is_the_contracts():
    """Each package of the drawing names all its rooms, in the order of the floors on which its contract puts them."""
    text = (settings.BASE_DIR / "docs" / "architecture.md").read_text()
    drawn = dict(re.findall(r"^\| `(disperin\.\w+)` \| (.* · .*) \|$", text, re.MULTILINE))
    settled = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = {one["containers"][0]: one["layers"] for one in settled if one.get("containers")}

    rooms = {name: [set(re.findall(r"`(\w+)`", floor)) for floor in row.split(" · ")] for name, row in drawn.items()}
    wanted = {name: [set(re.findall(r"\w+", layer)) - UNNAMED for layer in floors[name]] for name in drawn}

    assert len(drawn) >= 10
    assert rooms == {name: [floor for floor in layers if floor] for name, layers in wanted.items()}


def test_the_rooms_of_a_register_are_the_contract():
    """The line that draws them goes from the lowest floor upwards."""
    text = (settings.BASE_DIR / "docs" / "architecture.md").read_text()
    line = text.split("### Of a register app\n\n")[1].split(". ")[0]
    settled = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    floors = next(one["layers"] for one in settled if one["name"] == "The rooms of a register")

    drawn = [set(re.findall(r"`(\w+)`", floor)) for floor in line.split(" → ")]

    assert drawn == [set(re.findall(r"\w+", floor)) for floor in reversed(floors)]


def test_every_command_that_is_named_exists():
    known = set(get_commands())

    assert found(lambda _path, text: set(COMMAND.findall(text)) - known) == {}


def test_every_request_that_is_shown_carries_its_token_as_the_portal_reads_it():
    def otherwise(_path, text):
        return [word for word in ASKED_AS.findall(text) if word != "Token"]

    assert found(otherwise) == {}


def test_no_document_knows_the_machine_it_was_written_on():
    assert found(lambda _path, text: re.findall(r"(?<![\w.])/(?:home|root|work)/\w+", text)) == {}


def test_every_decision_says_its_question_and_what_was_decided_and_its_parts_stand_in_one_order():
    parts = ["Question", "Weighed", "Decided", "Costs", "Checked"]
    decisions = sorted((settings.BASE_DIR / "docs" / "decisions").glob("*.md"))
    said = {path.name: PART_OF_A_DECISION.findall(path.read_text()) for path in decisions}

    assert {
        name: found
        for name, found in said.items()
        if found != [part for part in parts if part in found] or not {"Question", "Decided"} <= set(found)
    } == {}
    assert len({name[:4] for name in said}) == len(said), "two decisions have one number"


def test_the_guide_has_a_unit_for_whatever_runs_by_itself():
    told = "\n".join(
        (settings.BASE_DIR / "docs" / "how-to" / f"{name}.md").read_text() for name in ("deploy", "back-up")
    )
    units = dict(
        re.findall(r"# /etc/systemd/system/portal-([\w.-]+)\n(.*?)(?=\n# /etc/systemd|\n```)", told, re.DOTALL)
    )

    runs = {
        name: re.findall(r"ExecStart=\S+ (?:manage\.py (\w+)|--config (\S+))", text) for name, text in units.items()
    }
    assert {name: {"".join(one) for one in some} for name, some in runs.items() if some} == {
        "web.service": {"gunicorn.conf.py"}, "worker.service": {"db_worker"},
        "housekeeping.service": {"housekeeping", "clearsessions"}, "backup.service": {"backup"},
    }  # fmt: skip
    for name in ("web", "worker"):
        assert "Restart=always" in units[f"{name}.service"], name
    for name in ("housekeeping", "backup"):
        assert "OnCalendar=" in units[f"{name}.timer"], name
