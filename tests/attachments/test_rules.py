"""What may be sent, judged from the bytes. No database."""

import threading
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image

from disperin.attachments import photos, rules

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"


def opened(content):
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "jpeg"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "png"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "webp"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", ""),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "heic"),
        (b"%PDF-1.4\n", "pdf"),
        (b"\n%PDF-1.4\n", ""),
        (b"GIF89a", ""),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", ""),
        (b"<html><script>", ""),
        (b"PK\x03\x04", ""),
        (b"", ""),
    ],
)
def test_a_file_is_what_its_first_bytes_say(content, found):
    assert rules.sniff(content) == found


@pytest.mark.parametrize("size", [1, 10])
def test_a_file_up_to_the_limit_is_accepted(size):
    assert rules.check_size(size, 10) is None


@pytest.mark.parametrize(("size", "code"), [(0, "empty"), (11, "too_large")])
def test_an_empty_or_too_large_file_is_refused(size, code):
    with pytest.raises(ValidationError) as refused:
        rules.check_size(size, 10)

    assert refused.value.code == code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_made_anew_without_place_camera_or_remarks(make_picture, kind):
    sent = make_picture(kind, with_place=True)
    assert opened(sent).getexif().get_ifd(0x8825)  # the place is there before

    photo = photos.read_photo(BytesIO(sent))

    for content in photo.files.values():
        kept = opened(content)
        assert kept.format == "WEBP"
        assert not kept.getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(kept.info)
        assert b"Kamera Rahasia" not in content


def test_a_photo_stands_upright_before_its_orientation_is_forgotten(make_picture):
    photo = photos.read_photo(BytesIO(make_picture(size=(1200, 800), with_place=True)))

    assert (photo.width, photo.height) == (800, 1200)
    assert opened(photo.files[2048]).size == (800, 1200)


@pytest.mark.parametrize(
    ("size", "widest", "at_960", "at_480"),
    [
        ((4000, 3000), (2048, 1536), (960, 720), (480, 360)),
        ((3000, 4000), (1536, 2048), (960, 1280), (480, 640)),
        ((300, 200), (300, 200), (300, 200), (300, 200)),
        ((2048, 10), (2048, 10), (960, 5), (480, 2)),
        ((2000, 1), (2000, 1), (960, 1), (480, 1)),
    ],
)
def test_photos_are_made_smaller_but_never_larger(make_picture, size, widest, at_960, at_480):
    photo = photos.read_photo(BytesIO(make_picture(size=size)))

    assert [opened(photo.files[width]).size for width in (2048, 960, 480)] == [widest, at_960, at_480]
    assert (photo.width, photo.height) == widest


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_every_way_of_keeping_colours_is_understood(make_picture, mode):
    colour = {"1": 1, "L": 100, "LA": (100, 0), "P": 3, "RGBA": (0, 0, 0, 0)}[mode]

    photo = photos.read_photo(BytesIO(make_picture("PNG", (40, 30), mode, colour)))

    assert opened(photo.files[2048]).mode == "RGB"


def test_what_is_transparent_becomes_white(make_picture):
    photo = photos.read_photo(BytesIO(make_picture("PNG", (40, 30), "RGBA", (0, 0, 0, 0))))

    assert opened(photo.files[2048]).getpixel((20, 15)) == (255, 255, 255)


def test_a_print_shop_picture_in_four_colours_is_understood(make_picture):
    photo = photos.read_photo(BytesIO(make_picture("JPEG", (40, 30), "CMYK", (0, 0, 0, 0))))

    assert opened(photo.files[2048]).mode == "RGB"


@pytest.mark.parametrize("size", [(10_000, 5_001), (10_000, 9_500), (60_000, 60_000)])
def test_a_decompression_bomb_is_refused_before_it_goes_off(make_bomb, size):
    with pytest.raises(ValidationError) as refused:
        photos.read_photo(BytesIO(make_bomb(*size)))

    assert refused.value.code == "too_many_pixels"


def test_exactly_fifty_million_pixels_are_accepted(make_bomb):
    photo = photos.read_photo(BytesIO(make_bomb(10_000, 5_000)))

    assert (photo.width, photo.height) == (2048, 1024)


@pytest.mark.parametrize("keep", [3, 12, 30, 200, 1500])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_was_cut_off_is_refused(make_picture, kind, keep):
    whole = make_picture(kind, (700, 500))
    cut = whole[: min(keep, len(whole) - 20)]

    with pytest.raises(ValidationError) as refused:
        photos.read_photo(BytesIO(cut))

    assert refused.value.code == "broken"


def test_what_hangs_on_behind_a_picture_is_left_behind(make_picture):
    mongrel = make_picture() + b"PK\x03\x04<script>alert(1)</script>%PDF-1.4"

    photo = photos.read_photo(BytesIO(mongrel))

    assert all(b"<script>" not in content and b"%PDF" not in content for content in photo.files.values())


def test_a_whole_pdf_is_accepted():
    assert rules.check_document(PDF) is None


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (PDF[:-7], "incomplete"),
        (PDF + b"x" * 4096, "incomplete"),
        (b"%PDF-1.7\n<< /S /JavaScript /JS (app.alert(1)) >>\n%%EOF", "active"),
        (b"%PDF-1.7\n<< /S /Launch /F (cmd.exe) >>\n%%EOF", "active"),
    ],
)
def test_a_pdf_that_is_cut_off_or_runs_something_is_refused(content, code):
    with pytest.raises(ValidationError) as refused:
        rules.check_document(content)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("IMG_0001.JPG", "IMG_0001.webp"),
        ("../../etc/passwd", "passwd.webp"),
        (r"C:\Foto\Kain sasirangan.jpeg", "Kain sasirangan.webp"),
        ("foto.php.jpg", "foto.php.webp"),
        ("a\x00b\r\nc.jpg", "a b c.webp"),
        ("gpj.\u202egnp.exe", "gpj. gnp.webp"),
        ('<b>"x"?.png', "bx.webp"),
        ("", "file.webp"),
        (None, "file.webp"),
        ("...", "file.webp"),
        ("KTP 6307011203850001 Siti.jpg", "KTP … Siti.webp"),
        ("6307-0112-0385-0001.jpg", "….webp"),
        ("NIB 1234567890123.pdf", "NIB 1234567890123.webp"),
        ("x" * 300 + ".jpg", "x" * 115 + ".webp"),
    ],
)
def test_the_name_that_is_shown_is_clean_and_holds_no_personal_number(sent, shown):
    assert rules.clean_name(sent, "webp") == shown


def test_a_large_translucent_picture_keeps_its_colours_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees to the right
    sent = Image.new("RGBA", (6200, 2100), (0, 90, 200, 255))
    sent.paste((200, 30, 0, 255), (3100, 0, 6200, 2100))
    sent.paste((0, 0, 0, 0), (0, 0, 3100, 1050))
    written = BytesIO()
    sent.save(written, "PNG", exif=exif)

    photo = photos.read_photo(written)

    assert (photo.width, photo.height) == (694, 2048)
    with opened(photo.files[photos.LARGEST]) as kept:
        for place, colour in (((520, 500), (255, 255, 255)), ((170, 500), (0, 90, 200)), ((350, 1500), (200, 30, 0))):
            assert all(abs(one - other) < 12 for one, other in zip(kept.getpixel(place), colour, strict=True))


def test_pictures_are_read_one_after_the_other_and_few_wait_in_line(make_picture, monkeypatch):
    alone = []
    clean = photos._clean
    monkeypatch.setattr(photos, "_clean", lambda image: alone.append(photos._ONE_AT_A_TIME.locked()) or clean(image))
    photos.read_photo(BytesIO(make_picture()))
    assert (alone, photos._ONE_AT_A_TIME.locked()) == ([True], False)

    monkeypatch.setattr(photos, "_IN_LINE", threading.BoundedSemaphore(1))
    with photos._IN_LINE, pytest.raises(ValidationError) as refused:
        photos.read_photo(BytesIO(make_picture()))
    assert (refused.value.code, alone) == ("busy", [True])


def test_a_webp_of_more_pixels_than_its_reader_can_hold_is_refused(make_picture, monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS_OF_WEBP", 100)

    with pytest.raises(ValidationError) as refused:
        photos.read_photo(BytesIO(make_picture("WEBP")))
    assert refused.value.code == "too_many_pixels"
    assert photos.read_photo(BytesIO(make_picture("PNG")))


def test_sixteen_bits_of_grey_keep_their_greys():
    """Middle grey stays middle grey, in every way that a PNG or Pillow can hold it."""
    for mode in ("I;16", "I"):
        sent = BytesIO()
        Image.new("I;16", (60, 40), 40_000).save(sent, "PNG")
        with Image.open(BytesIO(sent.getvalue())) as image:
            kept = photos._clean(image.convert(mode))
        assert kept.getpixel((10, 10)) == (156, 156, 156), mode
    photo = photos.read_photo(BytesIO(sent.getvalue()))
    assert opened(photo.files[max(photo.files)]).convert("L").getpixel((10, 10)) == pytest.approx(156, abs=2)
