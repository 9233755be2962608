"""QR codes, drawn as SVG."""

import io

import segno

QUIET_ZONE = 4  # modules of white around the code (ISO/IEC 18004)


def qr_svg(text: str) -> str:
    """The code of `text` as an SVG picture with its white margin; a sixth of it may be dirty or torn (level M)."""
    written = io.BytesIO()
    segno.make_qr(text, error="m", boost_error=False).save(
        written, kind="svg", border=QUIET_ZONE, xmldecl=False, dark="#000", light="#fff", omitsize=True
    )
    return written.getvalue().decode()
