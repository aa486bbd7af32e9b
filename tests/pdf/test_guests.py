"""Pages of other files keep their words; each object is taken over once, and nothing that could act comes with it."""

from __future__ import annotations

import io

import pydyf
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from qms.pdf import guests
from qms.pdf.guests import Guest


def names(**values):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def drawn(words, height):
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 {height} Td ({words}) Tj ET".encode())
    return stream


@pytest.fixture
def strange():
    """A file of two pages with one font, the second drawn by two streams; the font and a note point at each other."""
    writer = PdfWriter()
    font = names(Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica"))
    note = names(Note=TextStringObject("Zażółć (gęślą)"), Back=writer._add_object(font))
    font[NameObject("/QmsNote")] = writer._add_object(note)
    fonts = names(Font=names(F1=font.indirect_reference))
    for pieces in (["Ana"], ["Bela", "Cyryl"]):
        page = writer.add_blank_page(200, 100)
        page[NameObject("/Resources")] = fonts
        streams = [writer._add_object(drawn(piece, 60 - 30 * line)) for line, piece in enumerate(pieces)]
        page[NameObject("/Contents")] = ArrayObject(streams) if len(streams) > 1 else streams[0]
        page[NameObject("/AA")] = names(O=names(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(1)")))
    return writer


def taken_over(content, *, password=None):
    """A new file with each page of the other one on a page of its own."""
    reader = PdfReader(io.BytesIO(content))
    if password is not None:
        reader.decrypt(password)
    pdf = pydyf.PDF()
    guest = Guest(pdf)
    for source in reader.pages:
        stream = pydyf.Stream([b"/Annex Do"])
        pdf.add_object(stream)
        drawings = pydyf.Dictionary({"Annex": guest.page(source)})
        page = {"Type": "/Page", "Parent": pdf.pages.reference, "MediaBox": pydyf.Array([0, 0, 200, 100])}
        page |= {"Contents": stream.reference, "Resources": pydyf.Dictionary({"XObject": drawings})}
        pdf.add_page(pydyf.Dictionary(page))
    made = io.BytesIO()
    pdf.write(made, identifier=b"0", compress=True)
    return made.getvalue()


def written(writer):
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def everything(content):
    objects = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))._objects
    return repr([one.get_object() for one in objects if one is not None])


def test_pages_keep_their_words_however_many_streams_draw_them(strange):
    reader = PdfReader(io.BytesIO(taken_over(written(strange))))

    assert [page.extract_text().split() for page in reader.pages] == [["Ana"], ["Bela", "Cyryl"]]


def test_what_pages_share_is_taken_once_even_where_objects_point_at_each_other(strange):
    reader = PdfReader(io.BytesIO(taken_over(written(strange))))

    def font_of(page):
        return page["/Resources"]["/XObject"]["/Annex"]["/Resources"]["/Font"].raw_get("/F1")

    first, second = (font_of(page) for page in reader.pages)
    assert first.idnum == second.idnum
    note = first.get_object()["/QmsNote"]
    assert note["/Note"] == "Zażółć (gęślą)"
    assert note.raw_get("/Back").idnum == first.idnum


def test_nothing_that_could_act_comes_with_a_page(strange):
    assert "JavaScript" in everything(written(strange))

    whole = everything(taken_over(written(strange)))
    assert "Helvetica" in whole
    assert "JavaScript" not in whole
    assert "alert" not in whole


def test_a_page_that_draws_from_a_file_elsewhere_brings_no_address(strange):
    stream = strange.pages[0]["/Contents"]
    stream[NameObject("/F")] = TextStringObject("http://elsewhere.example/page")
    assert "elsewhere" in everything(written(strange))

    assert "elsewhere" not in everything(taken_over(written(strange)))


def test_a_file_that_opens_without_a_password_is_read_as_if_it_had_none(strange):
    strange.encrypt("", "owner", algorithm="AES-256")

    reader = PdfReader(io.BytesIO(taken_over(written(strange), password="")))
    assert reader.pages[0].extract_text().split() == ["Ana"]


def test_the_same_pages_make_the_same_bytes(strange):
    content = written(strange)

    assert taken_over(content) == taken_over(content)


def test_an_empty_page_stays_empty():
    writer = PdfWriter()
    writer.add_blank_page(200, 100)[NameObject("/Rotate")] = NumberObject(90)

    assert PdfReader(io.BytesIO(taken_over(written(writer)))).pages[0].extract_text() == ""


@pytest.mark.parametrize(
    ("letters", "as_number"),
    [(b"F\xfc", b"F#FC"), (b"\xc1\xe9", b"#C1#E9"), (b"\xc4\x99", b"#C4#99"), (b"\xb9z", b"#B9z"), (b"F1", b"F1")],
)
def test_a_name_keeps_the_bytes_by_which_the_drawing_calls_it(strange, letters, as_number):
    content = written(strange).replace(b"/F1 ", b"/" + letters + b" ")
    pdf = pydyf.PDF()
    Guest(pdf).page(PdfReader(io.BytesIO(content)).pages[0])

    whole = b"\n".join(one.data for one in pdf.objects if isinstance(one, guests._Taken))
    assert b"/Font <</" + as_number + b" " in whole
    assert b"/" + letters + b" 12 Tf" in whole


def test_a_name_keeps_its_bytes_where_the_whole_file_is_written_anew(strange):
    content = written(strange).replace(b"/F1 ", b"/F\xfc ")

    assert b"/F#FC 4 0 R" in written(PdfWriter(clone_from=PdfReader(io.BytesIO(content))))


# --- Files that mean harm, or were written badly ---------------------------------------------------------------------


def test_what_is_no_stream_among_the_streams_of_a_page_draws_nothing(strange):
    page = strange.pages[1]
    streams = list(page["/Contents"])
    page[NameObject("/Contents")] = ArrayObject([*streams, NullObject(), IndirectObject(999, 0, strange)])

    reader = PdfReader(io.BytesIO(taken_over(written(strange))))
    assert reader.pages[1].extract_text().split() == ["Bela", "Cyryl"]


def test_a_file_from_elsewhere_behind_a_picture_stays_elsewhere(strange):
    picture = drawn("x", 10)
    picture[NameObject("/F")] = TextStringObject("http://elsewhere.example/picture")
    strange.pages[0]["/Resources"][NameObject("/XObject")] = names(Im1=strange._add_object(picture))
    assert "elsewhere" in everything(written(strange))

    assert "elsewhere" not in everything(taken_over(written(strange)))


def test_the_rest_of_the_file_does_not_come_with_its_resources(strange):
    strange.pages[0]["/Resources"][NameObject("/Properties")] = names(
        Root=strange.root_object.indirect_reference,
        Act=names(S=NameObject("/JavaScript"), JS=TextStringObject("app.alert(3)")),
    )

    whole = everything(taken_over(written(strange)))
    assert "alert" not in whole
    assert whole.count("/Catalog") == 1


def test_pages_that_unpack_to_far_more_than_a_file_are_not_taken(strange, monkeypatch):
    content = written(strange)
    monkeypatch.setattr(guests, "MOST_PACKED", 60)
    with pytest.raises(guests.TooMuch):
        taken_over(content)

    monkeypatch.setattr(guests, "MOST_PACKED", 10_000)
    monkeypatch.setattr(guests, "MOST_DRAWN", 60)
    with pytest.raises(guests.TooMuch):
        taken_over(content)
