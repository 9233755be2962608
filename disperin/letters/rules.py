"""What a letter that asks for data says of its variables. Pure."""

from typing import NamedTuple

# What such letters are founded on, offered to whoever writes one; the writer keeps, changes or removes each line.
BASIS = (
    "Undang-Undang Nomor 3 Tahun 2014 tentang Perindustrian",
    "Peraturan Presiden Nomor 39 Tahun 2019 tentang Satu Data Indonesia",
    "Peraturan Menteri Perindustrian Nomor 13 Tahun 2025",
    "Peraturan Menteri Perindustrian Nomor 35 Tahun 2024",
)


class Variable(NamedTuple):
    """What is asked for, and in which format; the format may be empty."""

    name: str
    format: str


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line for raw_line in text.splitlines() if (line := raw_line.strip())]


def variables_of(text: str) -> list[Variable]:
    """One variable of each line; what follows its first semicolon is the format."""
    parts = (line.partition(";") for line in lines_of(text))
    return [Variable(name.strip(), how.strip()) for name, _mark, how in parts if name.strip()]
