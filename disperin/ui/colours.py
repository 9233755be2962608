"""The colours of the province as files of pages: style sheets, and the small drawings that wear them."""

from collections.abc import Mapping

from disperin.province import Province

PORTAL = (':root, [data-bs-theme="light"]', '[data-bs-theme="dark"]')
ADMIN = (':root, html[data-theme="light"]', 'html[data-theme="dark"]')
DRAWN = ("band.svg", "mark.svg", "favicon.svg")  # or the province's own, in its folder `img`
WHITE, AA = "#ffffff", 4.5
GROUNDS = {"light": ("#ffffff", "#faf8f4", "#f1ede6"), "dark": ("#171614", "#23211e", "#1d1b19")}  # of tokens.css
# a text of the first on a ground of the second
READ_ON = (
    ("brand", "brand_tint"), ("masthead_line", "masthead"), ("masthead_ink", "masthead_line"), ("masthead_ink", WHITE),
    (WHITE, "masthead"), (WHITE, "button"), (WHITE, "button_hover"), (WHITE, "accent"), (WHITE, "accent_deep"),
)  # fmt: skip
ON_PAPER = (("masthead_line", "brand"), (WHITE, "brand"), ("link", "brand_tint"))  # of the light theme


def files(province: Province) -> dict[str, str]:
    """Every file by its name."""
    written = {"colours.css": _sheet(province, *PORTAL), "admin.css": _admin_sheet(province)}
    for name in DRAWN:
        own = province.folder / "img" / name
        written[name] = own.read_text() if own.is_file() else _drawing(province, name)
    return written


def faults(province: Province) -> list[str]:
    """The pairs of colours of too little contrast (WCAG 2.2 AA), each in a sentence."""
    problems = []
    for theme, colours in province.colours.items():
        pairs = [*READ_ON, *(ON_PAPER if theme == "light" else ())]
        pairs += [(text, ground) for text in ("brand", "link") for ground in GROUNDS[theme]]
        for text, ground in pairs:
            ratio = contrast(colours.get(text, text), colours.get(ground, ground))
            if ratio < AA:
                problems.append(f"{theme}: {text} on {ground} has a contrast of {ratio:.2f}, less than {AA}.")
    return problems


def contrast(colour: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2)."""
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rule(selector: str, colours: Mapping[str, str]) -> str:
    lines = "".join(f"  --{name.replace('_', '-')}: {colour};\n" for name, colour in colours.items())
    return f"{selector} {{\n{lines}}}\n"


def _sheet(province: Province, light: str, dark: str) -> str:
    return _rule(light, province.colours["light"]) + _rule(dark, province.colours["dark"])


def _admin_sheet(province: Province) -> str:
    """Django's admin follows the device where nobody chose."""
    device = f"@media (prefers-color-scheme: dark) {{\n{_rule(':root', province.colours['dark'])}}}\n"
    light, dark = ADMIN
    return _rule(":root", province.colours["light"]) + device + _sheet(province, light.split(", ")[1], dark)


def _drawing(province: Province, name: str) -> str:
    return (_band if name == "band.svg" else _mark)(province.colours["light"])


def _band(colours: Mapping[str, str]) -> str:
    """Waves and lozenges, endless from left to right."""
    line, paper = colours["masthead_line"], colours["brand_tint"]
    waves = "q6-6 12 0t12 0 12 0 12 0 12 0 12 0 12 0 12 0"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="96" height="24" viewBox="0 0 96 24">'
        f'<rect width="96" height="24" fill="{colours["masthead"]}"/>'
        f'<path d="M0 5{waves}M0 19{waves.replace("q6-6", "q6 6")}" fill="none" stroke="{line}" stroke-width="1.5"/>'
        f'<g fill="{colours["accent"]}" stroke="{paper}" stroke-width="1.2"><path d="M24 6l8 6-8 6-8-6z"/>'
        '<path d="M72 6l8 6-8 6-8-6z"/></g>'
        f'<path d="M24 9.5l3.3 2.5-3.3 2.5-3.3-2.5zM72 9.5l3.3 2.5-3.3 2.5-3.3-2.5z" fill="{paper}"/>'
        + "".join(f'<circle cx="{at}" cy="12" r="2" fill="{line}"/>' for at in (0, 48, 96))
        + "</svg>"
    )


def _mark(colours: Mapping[str, str]) -> str:
    """A lozenge over water."""
    paper = colours["brand_tint"]
    waves = "M10.5 22.5q2.4-2.6 4.75 0t4.75 0 4.75 0 4.75 0M14.5 27q1.4-2.2 2.75 0t2.75 0 2.75 0 2.75 0"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">'
        f'<path d="M20 1.5L38.5 20 20 38.5 1.5 20z" fill="{paper}"/>'
        f'<path d="M20 5.5L34.5 20 20 34.5 5.5 20z" fill="{colours["masthead"]}"/>'
        f'<path d="M20 10l5 5-5 5-5-5z" fill="{paper}"/>'
        f'<path d="M20 12.8l2.2 2.2-2.2 2.2-2.2-2.2z" fill="{colours["accent"]}"/>'
        f'<path d="{waves}" fill="none" stroke="{colours["masthead_line"]}" stroke-width="1.8" stroke-linecap="round"/>'
        "</svg>"
    )
