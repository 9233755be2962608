"""Templates are read like code: short lines, and what ends stands below what began."""

import re

from django.conf import settings

LONGEST = 140
TAG = re.compile(r"{%\s*(\w+)")
PAGES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
LINES = [
    (f"{path.relative_to(settings.BASE_DIR)}:{number}", line)
    for path in PAGES
    for number, line in enumerate(path.read_text().split("\n"), 1)
]


def indent(line):
    return len(line) - len(line.lstrip())


def test_no_line_is_too_long_to_be_read():
    assert [place for place, line in LINES if len(line) > LONGEST] == []


def test_lines_are_indented_by_two_spaces_and_end_where_their_text_ends():
    assert [place for place, line in LINES if line != line.rstrip() or "\t" in line or indent(line) % 2] == []


def test_a_tag_that_ends_on_a_line_of_its_own_stands_below_the_one_that_began():
    askew = []
    for path in PAGES:
        lines = path.read_text().split("\n")
        tags = [(tag[1], number, tag.start()) for number, line in enumerate(lines) for tag in TAG.finditer(line)]
        ended = {name.removeprefix("end") for name, _number, _column in tags if name.startswith("end")}
        begun = []
        for name, number, column in tags:
            if name in ended:
                begun.append(number)
            elif name.startswith("end"):
                below = begun.pop()
                if below != number and indent(lines[number]) == column != indent(lines[below]):
                    askew.append(f"{path.relative_to(settings.BASE_DIR)}:{number + 1}")

    assert askew == []


def test_a_table_that_can_be_scrolled_is_not_called_as_the_section_around_it():
    """Both are landmarks: whoever goes from one to the next by ear could not tell them apart."""
    alike = []
    for path in PAGES:
        text = path.read_text()
        for section in re.finditer(r'<section[^>]*aria-labelledby="([\w-]+)"', text):
            heading = re.search(rf'id="{section[1]}"[^>]*>\s*{{% translate ("[^"]+") %}}', text)
            if heading and f"table caption=_({heading[1]})" in text:
                alike.append((path.name, heading[1]))
    assert alike == []


def test_a_file_ends_with_its_last_line():
    assert [path.name for path in PAGES if not re.search(r"\S\n\Z", path.read_text())] == []
