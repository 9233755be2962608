"""Numbers in Indonesian words, as they stand in brackets behind figures: 25 (dua puluh lima) orang."""

_DIGITS = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5, "enam": 6, "tujuh": 7, "delapan": 8,
    "sembilan": 9,
}  # fmt: skip
_TENS = {"belas": 1, "puluh": 10, "ratus": 100}  # “belas” adds ten, the others multiply
_SCALES = {"ribu": 1_000, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12}
_ONE_OF = "se"  # sepuluh, sebelas, seratus, seribu


def number_of_words(text: str) -> int | None:
    """The number with which a text in small letters begins; None where it begins with none.

    What it is a number of may follow (dua puluh lima orang), and is not looked at.
    """
    whole = group = 0
    digit: int | None = None
    words = text.split()
    for at, word in enumerate(words):
        bare = word.removeprefix(_ONE_OF)
        if bare != word and bare in _TENS | _SCALES:
            word, digit = bare, 1
        if word in _DIGITS:
            digit = _DIGITS[word]
        elif word == "belas":
            group, digit = group + 10 + (digit or 0), None
        elif word in _TENS:
            group, digit = group + (digit or 0) * _TENS[word], None
        elif word in _SCALES:
            whole, group, digit = whole + (group + (digit or 0)) * _SCALES[word], 0, None
        else:
            return whole + group + (digit or 0) if at else None
    return whole + group + (digit or 0) if words else None


def number_in_words(text: str) -> int | None:
    """The number that a text in small letters is, and nothing else; None for any other (dua tiga, lima satu)."""
    number, plain = number_of_words(text), " ".join(text.replace("milyar", "miliar").split())
    return number if number and words_of(number) == plain else None


def words_of(number: int) -> str:
    """A number above 0 in Indonesian words: 11 is “sebelas”, 1250 “seribu dua ratus lima puluh”."""
    if 10 < number < 20:
        return "sebelas" if number == 11 else f"{words_of(number - 10)} belas"
    for scale, name in _IN_ORDER:
        most, rest = divmod(number, scale)
        if most:
            is_one = most == 1 and scale <= 1_000  # seribu, but satu juta
            return f"{f'{_ONE_OF}{name}' if is_one else f'{words_of(most)} {name}'} {words_of(rest)}".strip()
    return next((name for name, digit in _DIGITS.items() if digit == number and digit), "")


_IN_ORDER = [(scale, name) for name, scale in reversed(_SCALES.items()) if name != "milyar"]
_IN_ORDER += [(100, "ratus"), (10, "puluh")]
