"""The picture that a link shows when it is shared: words set by typst, the photograph beside them (Open Graph)."""

import io
from dataclasses import asdict, dataclass

from PIL import Image, ImageOps

from disperin.papers.typesetting import typeset

SIZE = (1200, 630)  # pixels, as social networks show it
PHOTO = (540, 630)
QUALITY = 82  # of the JPEG: about 60 kB


@dataclass(frozen=True)
class ShareCard:
    """The words of a share picture, in the language of the page; `most` 0 shows no stars."""

    heading: str
    grade: str
    title: str
    maker: str
    place: str
    source: str
    stars: int = 0
    most: int = 0
    language: str = "id"


def share_picture(card: ShareCard, photo: bytes | None = None, *, cloth: str = "") -> bytes:
    """A JPEG of 1200 × 630 pixels, on the right-hand side a photograph or a cloth, each cropped to fit.

    `photo` is any picture that Pillow reads, `cloth` an SVG that stands in for it.
    """
    shown = {**asdict(card), "photo": photo is not None or bool(cloth), "cloth": cloth}
    drawn = typeset("share", shown, form="png", pixels_per_inch=72)
    with Image.open(io.BytesIO(drawn)) as words:
        picture = words.convert("RGB").resize(SIZE) if words.size != SIZE else words.convert("RGB")
    if photo is not None:
        with Image.open(io.BytesIO(photo)) as opened:
            picture.paste(ImageOps.fit(opened.convert("RGB"), PHOTO), (SIZE[0] - PHOTO[0], 0))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=QUALITY, progressive=True)
    return written.getvalue()
