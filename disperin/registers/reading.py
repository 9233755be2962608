"""What a page posted, as values: numbers and dates read in the page's language, rows gathered into parts."""

from disperin.registers.fields import Typed

MOST_ROWS_POSTED = 2_500  # more than any part may have, so that a form says what is too much


def read(form_class, post):
    """The values of a posted form, `post` being its QueryDict. What cannot be understood comes back as `Typed`.

    A field that the page did not send is left out; an unticked box counts as sent.
    """
    values = _read_fields(form_class, post, prefix="")
    for name in form_class.parts:
        values[name] = [row for _at, row in _rows(form_class, post, name)]
    return values


def places(form_class, post):
    """Which posted rows `read` keeps: `{"products": [0, 2]}` when the second was removed or left empty."""
    return {name: [at for at, _row in _rows(form_class, post, name)] for name in form_class.parts}


def _rows(form_class, post, name):
    rows = ((at, _read_row(form_class.parts[name], post, f"{name}-{at}")) for at in range(_count(post, name)))
    return [(at, row) for at, row in rows if row is not None]


def _read_row(part, post, prefix):
    """A row as it was posted; None if it is to go, or if nothing was entered into a new one."""
    if post.get(f"{prefix}-remove"):
        return None
    key = post.get(f"{prefix}-key") or ""
    values = _read_fields(part, post, prefix=f"{prefix}-")
    if not key and not any(_says_something(part, name, value) for name, value in values.items()):
        return None
    return {"key": key, **values} if key else values


def _says_something(part, name, value):
    """An untouched choice or tick is no entry: only what differs from an empty row counts."""
    field = part.base_fields[name]
    return value not in (None, "", [], False) and value != field.initial and value != _default(part, name)


def _default(part, name):
    field = part._meta.model._meta.get_field(name)
    return field.get_default() if field.has_default() else None


def _read_fields(form_class, post, prefix):
    values = {}
    for name, field in form_class.base_fields.items():
        if not field.widget.value_omitted_from_data(post, {}, f"{prefix}{name}"):
            values[name] = _understood(field, field.widget.value_from_datadict(post, {}, f"{prefix}{name}"))
    return values


def _understood(field, raw):
    if not isinstance(raw, str) or not hasattr(field, "from_text"):
        return raw
    try:
        return field.from_text(raw)
    except ValueError:
        return Typed(raw.strip())


def _count(post, name):
    """How many rows the page says it has; nonsense counts as none."""
    text = post.get(f"{name}-TOTAL", "0")
    return min(int(text), MOST_ROWS_POSTED) if text.isdecimal() and len(text) < 6 else 0
