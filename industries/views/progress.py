"""A line chart made on the server: the places of its lines, dots and labels in an SVG of fixed size."""

WIDTH, HEIGHT = 720, 260  # of the drawing, in its own units
LEFT, RIGHT, TOP, BOTTOM = 56, 40, 16, 36


def chart(months):
    """What the template draws of `[{"day", "certified", "past"}]`: two lines on one scale from 0, and a few marks."""
    top = _round_up(max([1, *(month[name] for month in months for name in ("certified", "past"))]))
    across = (WIDTH - LEFT - RIGHT) / max(1, len(months) - 1)

    def place(at, value):
        return round(LEFT + at * across, 1), round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 1)

    def line(name):
        dots = [place(at, month[name]) for at, month in enumerate(months)]
        # ready for the drawing, whatever language writes its decimals with a comma
        return {"points": " ".join(f"{x},{y}" for x, y in dots), "dots": [(str(x), str(y)) for x, y in dots]}

    marks = [{"value": value, "y": str(place(0, value)[1])} for value in (0, top // 2, top)] if top > 1 else [
        {"value": value, "y": str(place(0, value)[1])} for value in (0, 1)
    ]  # fmt: skip
    days = [{"day": month["day"], "x": str(place(at, 0)[0])} for at, month in enumerate(months) if at % 3 == 2]
    return {
        "width": WIDTH, "height": HEIGHT, "left": LEFT, "right": WIDTH - RIGHT, "bottom": HEIGHT - 12,
        "certified": line("certified"), "past": line("past"), "marks": marks, "days": days,
    }  # fmt: skip


def _round_up(value):
    """The next of 1, 2, 4, 10, 20, 40, 100, …: half of it is a whole number too."""
    size = 1
    while True:
        for step in (1, 2, 4):
            if step * size >= value:
                return step * size
        size *= 10
