"""The PNG of a picture: complete, deterministic, and smaller without a pixel lost."""

import struct
import zlib

import pytest
import vl_convert
from drawn import MODELS, PICTURES, all_rows, spec

from tumen.charts.picture import smaller, tidy

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunks(png):
    """The chunks of a PNG as pairs of kind and data; each check sum is verified."""
    assert png.startswith(SIGNATURE)
    out, place = [], 8
    while place < len(png):
        (size,) = struct.unpack(">I", png[place : place + 4])
        kind, data = png[place + 4 : place + 8], png[place + 8 : place + 8 + size]
        assert struct.unpack(">I", png[place + 8 + size : place + 12 + size])[0] == zlib.crc32(kind + data)
        out.append((kind, data))
        place += 12 + size
    assert out[0][0] == b"IHDR"
    assert out[-1] == (b"IEND", b"")
    return out


def scanlines(png):
    return zlib.decompress(b"".join(data for kind, data in chunks(png) if kind == b"IDAT"))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def made_up(parts):
    """A small PNG whose pixels stand in several chunks, with a comment between header and pixels."""
    wide, high = 40, 30
    raw = b"".join(b"\x00" + bytes((x * y + y) % 256 for x in range(wide * 3)) for y in range(high))
    packed = zlib.compress(raw, 1)
    size = -(-len(packed) // parts)
    body = b"".join(chunk(b"IDAT", packed[i : i + size]) for i in range(0, len(packed), size))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)) + chunk(b"tEXt", b"Title\x00made up")
    return SIGNATURE + head + body + chunk(b"IEND", b""), raw


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_pixels_in_several_chunks_are_joined_and_everything_else_is_kept(parts):
    png, raw = made_up(parts)
    small = smaller(png)
    assert scanlines(small) == raw
    assert [c for c in chunks(small) if c[0] != b"IDAT"] == [c for c in chunks(png) if c[0] != b"IDAT"]
    assert [kind for kind, _ in chunks(small)] == [b"IHDR", b"tEXt", b"IDAT", b"IEND"]
    assert smaller(small) == small


def test_a_picture_becomes_smaller_and_keeps_every_pixel():
    key = "counting.ceiling"
    drawn = vl_convert.vegalite_to_png(spec(key), scale=1)
    png = PICTURES[key].png(all_rows(key)[0], scale=1)
    assert scanlines(png) == scanlines(drawn)
    assert chunks(png)[0] == chunks(drawn)[0]
    assert len(png) < 0.6 * len(drawn)
    assert PICTURES[key].png(all_rows(key)[0], scale=1) == png


def test_another_setting_is_another_picture():
    key = "counting.ceiling"
    drawn = {PICTURES[key].png(rows, scale=1) for rows in (all_rows(key)[0], all_rows(key)[3])}
    assert len(drawn) == 2


@pytest.mark.parametrize("key", [k for i, k in enumerate(MODELS) if k.startswith("counting.") or i % 4 == 0])
def test_every_word_of_the_rows_is_drawn(key):
    """Vega itself reads the rows: what a picture says in words stands in it."""
    index = len(all_rows(key)) - 1
    svg = vl_convert.vegalite_to_svg(spec(key, index)).replace("&amp;", "&").replace("&#39;", "'")
    columns = PICTURES[key].columns
    for row in all_rows(key)[index]:
        if "label" in columns and len(row) > columns.index("label"):
            for words in str(row[columns.index("label")]).replace("\n", "|").split("|"):
                assert words in svg
    for title in ("x", "y"):
        words = next(
            (ly["encoding"].get(title, {}).get("title") for ly in spec(key)["layer"] if "encoding" in ly), None
        )
        assert not words or words in svg


def test_numbers_are_sent_in_five_digits_and_words_as_they_are():
    import numpy as np

    rows = tidy([["a", np.float64(123_456.789), 3, None, "7"], ("b", np.int64(5), 1e-9, "", np.float64(-0.5))])
    assert rows == [["a", 123_460.0, 3.0, None, "7"], ["b", 5.0, 1e-9, "", -0.5]]
    assert all(type(x) in (str, float, int, type(None)) for row in rows for x in row)
    assert type(rows[0][1]) is int and type(rows[1][4]) is float  # a whole number travels without its point
