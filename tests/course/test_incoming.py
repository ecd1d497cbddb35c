"""What comes in: the content says what a file is, the platform's place whose it is, and no wrong clock makes late."""

import bz2
import io
import json
import os
import struct
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest
from classroom import COURSE, book, notes, put, rows, work
from hostile import answers, hand_in, text, zipped
from plans import PLAN

from tumen.course.build import build
from tumen.course.grade import grade
from tumen.course.handed import read_text
from tumen.course.handin import LARGEST
from tumen.course.lateness import told
from tumen.course.received import Received, Refused, read_hand_ins
from tumen.course.zip_names import names_of

GOOD = hand_in("s001", answers(**{"counting.guests": 200.0}))
ZONES = ("Asia/Seoul", "Europe/London", "America/New_York", "Pacific/Auckland")


def one_of(folder: Path, name: str, data: bytes):
    (folder / name).write_bytes(data)
    (found,) = read_hand_ins(folder / name)
    return found


# --- the content says what a file is -------------------------------------------------------------------

NAMES = (
    "download",
    "x.jsn",
    "x.rtf",
    "x.txt",
    "x.html",
    "x.ipynb",
    "x.docx",
    "x_json",
    "x.json.txt",
    "과제 최종.json",
    "x",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_hand_in_is_read_under_any_name(name, tmp_path):
    assert isinstance(one_of(tmp_path, name, text(GOOD)), Received)
    (tmp_path / "z.zip").write_bytes(zipped({f"a/{name}": text(GOOD)}))
    assert [type(f) for f in read_hand_ins(tmp_path / "z.zip")] == [Received]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_any_unicode_a_program_saves_is_read_and_its_seal_holds(codec, ends, tmp_path):
    words = json.dumps(GOOD, indent=1, sort_keys=True).replace("\n", ends)
    found = one_of(tmp_path, "hand-in.jsn", words.encode(codec))
    assert found.hand_in.intact is True


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("work.7z", b"7z\xbc\xaf'\x1c" + bytes(20), "send a zip"),
        ("work.json", b"7z\xbc\xaf'\x1c" + bytes(20), "send a zip"),
        ("work.rar", b"Rar!\x1a\x07\x01\x00", "send a zip"),
        ("work.tar.gz", b"\x1f\x8b\x08" + bytes(9), "send a zip"),
        ("report.docx", b"PK\x03\x04 not a real document", "a document"),
        ("report.json", zipped({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "a document"),
        ("page.html", b"<html><body><pre>" + text(GOOD) + b"</pre></body></html>", "a page"),
        ("page.json", b"\n<!DOCTYPE html><p>" + text(GOOD), "a page"),
        ("shot.json", b"\x89PNG\r\n\x1a\n", "a picture"),
        ("x.pdf", b"%PDF-1.7", "a PDF"),
        ("answers.json", b'{"version": 1, "answers": {}}', "tumen.hand_in()"),
    ],
)
def test_what_is_no_hand_in_is_refused_with_what_to_send_instead(name, data, words, tmp_path):
    found = one_of(tmp_path, name, data)
    assert isinstance(found, Refused)
    assert words in found.reason
    assert "hand-in" in found.reason


def test_pasted_quotation_marks_are_told_as_such(tmp_path):
    found = one_of(tmp_path, "x.json", text(GOOD).decode().replace('"', "\u201c").encode())
    assert "send the file itself, not its text" in found.reason


def test_a_draft_is_read_and_shown_as_one_with_and_without_the_mark(make_course):
    folder = make_course()
    made = work(folder, "ann")
    made["answers"]["law.reason"]["draft"] = True
    put(folder, hand_in("ann", made["answers"], **{k: made[k] for k in ("course", "made", "case", "case_mark")}))
    made = work(folder, "ben")
    made["answers"]["law.reason"]["state"] = "draft"
    put(folder, hand_in("ben", made["answers"], **{k: made[k] for k in ("course", "made", "case", "case_mark")}))
    put(folder, work(folder, "cho"))
    grade(folder)
    for student, draft in (("ann", True), ("ben", True), ("cho", False)):
        assert ("law.reason: a draft" in book(folder)[student]["to look at"]) == draft
        page = (folder / "marked/feedback" / f"{student}.html").read_text(encoding="utf-8")
        assert ("This was a draft" in page) == draft
    assert (folder / "marked/marking-sheet.html").read_text(encoding="utf-8").count(
        "a draft that was not recorded"
    ) == 2


# --- archives --------------------------------------------------------------------------------------------


def lying(data: bytes, method: int, says: int, name: str) -> bytes:
    """A zip whose one member is already packed by another method, and says it unpacks to `says` bytes."""
    raw = bytearray(zipped({name: data}, zipfile.ZIP_STORED))
    for sign, at_method, at_size in ((b"PK\3\4", 8, 22), (b"PK\1\2", 10, 24)):
        at = raw.find(sign)
        struct.pack_into("<H", raw, at + at_method, method)
        struct.pack_into("<I", raw, at + at_size, says)
    return bytes(raw)


def overlapping(entries: int) -> bytes:
    """Many names for one member."""
    raw = zipped({"a.json": b" " * 999_999})
    start, end = raw.find(b"PK\1\2"), raw.find(b"PK\5\6")
    entry = raw[start:end]
    close = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, entries, entries, len(entry) * entries, start, 0)
    return raw[:start] + entry * entries + close


@pytest.mark.parametrize(("method", "name"), [(12, "bzip2"), (14, "lzma"), (9, "deflate64"), (93, "")])
def test_other_ways_of_packing_are_refused_before_a_byte_is_unpacked(method, name, tmp_path, monkeypatch):
    c = bz2.BZ2Compressor(9)
    data = b"".join([c.compress(b" " * 1_000_000) for _ in range(20)] + [c.flush()])
    bomb = lying(data, method, 900_000, "hand-in.json")
    members = {"a/bomb.zip": bomb, "b/hand-in.json": text(GOOD)}
    (tmp_path / "all.zip").write_bytes(zipped(members))
    (tmp_path / "bomb.zip").write_bytes(bomb)
    unpacked = []
    for library in ("bz2.BZ2Decompressor", "lzma.LZMADecompressor"):
        monkeypatch.setattr(library, lambda *a, **k: unpacked.append(a))
    found = list(read_hand_ins(tmp_path))
    assert [type(f) for f in found].count(Received) == 1
    assert sum(f"packed as {name}" in getattr(f, "reason", "") for f in found) == 2
    assert unpacked == []


@pytest.mark.parametrize("entries", [2, 120, 900])
def test_members_that_lie_on_each_other_are_refused_once_and_none_is_opened(entries, tmp_path, monkeypatch):
    (tmp_path / "all.zip").write_bytes(zipped({"ann/x.zip": overlapping(entries), "ben/hand-in.json": text(GOOD)}))
    (tmp_path / "bomb.zip").write_bytes(overlapping(5 * entries))
    opened = []
    whole = zipfile.ZipFile.open
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda self, m, *a: opened.append(m.filename) or whole(self, m, *a))
    found = list(read_hand_ins(tmp_path))
    assert sorted(f.path for f in found) == ["all.zip/ann/x.zip", "all.zip/ben/hand-in.json", "bomb.zip"]
    assert sum("lie on each other" in getattr(f, "reason", "") for f in found) == 2
    assert "a.json" not in opened


def test_an_archive_within_that_is_packed_beyond_reason_is_not_unpacked(tmp_path):
    stored = zipped({f"{i}.json": b" " * 900_000 for i in range(50)}, zipfile.ZIP_STORED)
    (tmp_path / "all.zip").write_bytes(zipped({"ann/x.zip": stored, "ben/hand-in.json": text(GOOD)}))
    refused, read = read_hand_ins(tmp_path)
    assert "beyond reason" in refused.reason
    assert isinstance(read, Received)


def test_the_archives_of_many_use_up_no_common_allowance(tmp_path, monkeypatch):
    monkeypatch.setattr("tumen.course.received.MOST_READ", 2 * LARGEST)
    monkeypatch.setattr("tumen.course.received.MOST_INNER_READ", 2 * LARGEST)
    heavy = {f"{i}.json": b'{"format": "tumen hand-in", ' + b" " * 900_000 for i in range(5)}
    members = {f"s{i}/x.zip": zipped({**heavy, "0.json": text(hand_in(f"s{i}", {}))}) for i in range(6)}
    (tmp_path / "all.zip").write_bytes(zipped(members))
    found = [f.hand_in.student for f in read_hand_ins(tmp_path) if isinstance(f, Received)]
    assert found == [f"s{i}" for i in range(6)]


def test_both_ways_out_of_an_archive_are_flagged(tmp_path):
    members = {"../../x.json": text(GOOD), "/etc/y.json": text(GOOD), "C:\\z.json": text(GOOD), "w.json": text(GOOD)}
    (tmp_path / "z.zip").write_bytes(zipped(members))
    flagged = {f.path.rpartition("/")[2]: bool(f.flags) for f in read_hand_ins(tmp_path)}
    assert flagged == {"x.json": True, "y.json": True, "z.json": True, "w.json": False}


def test_names_in_korean_letters_that_no_zip_announces_are_read(tmp_path):
    korean = "학생둘".encode("cp949")
    raw = zipped({"@" * len(korean) + "/hand-in.json": text(GOOD)}).replace(b"@" * len(korean), korean)
    (tmp_path / "z.zip").write_bytes(raw)
    (tmp_path / "y.zip").write_bytes(zipped({"@": text(GOOD)}).replace(b"@", "ü".encode("cp437")))
    assert [f.path for f in read_hand_ins(tmp_path)] == ["y.zip/ü", "z.zip/학생둘/hand-in.json"]


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("Prüfling Drei", "cp1252"), ("Jörg Groß", "cp437"), ("Zoé Lefèvre", "cp1252"), ("Zoé", "cp850"), ("İpek Şahin", "cp1254"), ("뷁 김", "cp949"),
        ("山田太郎", "cp932"), ("ジョン", "cp932"), ("王小明", "gbk"), ("학생 둘", "utf-8"), ("陳大文", "big5"), ("王小明_12_assignsubmission_file_", "big5"),
        ("Łukasz Żółć", "cp852"), ("Dvořák Jiří", "cp852"), ("Kovács Győző", "cp852"), ("Šárka Žižková", "cp852"), ("Müller", "cp852"),
        ("Иванов Пётр", "cp866"), ("Ответ Иванова", "cp866"), ("Иванов", "cp1251"), ("João Conceição", "cp850"), ("Ağaç Şahin", "cp857"),
        ("Über Anaïs", "cp850"), ("Hernández", "cp1252"),
    ],
)  # fmt: skip
def test_names_in_the_letters_of_many_countries_that_no_zip_announces_are_read(tmp_path, name, codec):
    letters = name.encode(codec)
    raw = zipped({"@" * len(letters) + "/hand-in.json": text(GOOD)}).replace(b"@" * len(letters), letters)
    (tmp_path / "z.zip").write_bytes(raw)
    assert [f.path for f in read_hand_ins(tmp_path)] == [f"z.zip/{name}/hand-in.json"]


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("Γιώργος Παππάς", "cp737"), ("דוד לוי", "cp862"), ("محمد", "cp720"), ("ИВАНОВ ПЁТР", "cp866"), ("Łoś", "cp1250"), ("李小龍", "gbk"),
        ("陳大文繳交", "big5"), ("Øystein", "cp850"), ("ÉCOLE", "cp850"),
    ],
)  # fmt: skip
def test_where_letters_alone_do_not_tell_the_names_of_the_class_do(tmp_path, name, codec):
    letters = name.encode(codec)
    raw = zipped({"@" * len(letters) + "/hand-in.json": text(GOOD)}).replace(b"@" * len(letters), letters)
    (tmp_path / "z.zip").write_bytes(raw)
    person = name.removesuffix("繳交")
    assert f"z.zip/{name}/hand-in.json" in [f.path for f in read_hand_ins(tmp_path, ["Ann Lee", person])]


def test_a_zip_s_names_are_read_in_the_letters_that_fit_them_all():
    def member(raw: bytes) -> zipfile.ZipInfo:
        return zipfile.ZipInfo(raw.decode("cp437"))

    names = ["Jäger.json", "Kovács Győző.json", "Dvořák.json"]
    assert names_of([member(n.encode("cp852")) for n in names]) == names
    assert names_of([member("Müller".encode("cp850")), zipfile.ZipInfo("한글")]) == ["Müller", "한글"]


def test_a_damaged_archive_or_member_is_told_with_what_to_do(tmp_path):
    whole = zipped({"hand-in.json": text(GOOD)}, zipfile.ZIP_STORED)
    (tmp_path / "cut.zip").write_bytes(whole[:-40])
    (tmp_path / "spoilt.zip").write_bytes(whole.replace(b"tumen hand-in", b"tumen hand-im", 1))
    cut, spoilt = read_hand_ins(tmp_path)
    assert "cut off or damaged; download it" in cut.reason
    assert "damaged on its way; let it be sent once more" in spoilt.reason


@pytest.mark.parametrize("codec", ["cp949", "cp1252", "cp932", "gb18030", "mac_roman"])
def test_a_hand_in_saved_in_another_encoding_is_read_where_its_checksum_fits(tmp_path, codec):
    words = {
        "cp949": "나는 생각",
        "cp1252": "Grüße",
        "cp932": "私はジョン",
        "gb18030": "王小明说",
        "mac_roman": "Grüße",
    }[codec]
    made = hand_in("ann", {"own.reason": {"value": words, "state": "recorded", "tries": 1, "when": ""}})
    (tmp_path / "x.json").write_bytes(json.dumps(made, ensure_ascii=False).encode(codec))
    (found,) = read_hand_ins(tmp_path)
    assert found.hand_in.intact and found.hand_in.answers["own.reason"].value == words
    made["answers"]["own.reason"]["value"] += "é"  # then it is not known in which encoding it was saved
    (tmp_path / "x.json").write_bytes(json.dumps(made, ensure_ascii=False).encode("cp1252", "replace") + b"\xe9")
    (found,) = read_hand_ins(tmp_path)
    assert "saved by another program: send the file hand-in" in found.reason


@pytest.mark.parametrize(
    "place",
    [
        "Two, Student(stwo)/Submission attachment(s)/hand-in-{course}-ann.json",
        "Two_Student_stwo_4711/20270314_hand-in-{course}-ann.json",
        "Paper/Student Two/Version 1/hand-in-{course}-ann.json",
        "hand-in-{course}-ann - Student Two.json",
        "12-34 - Student Two - 2027년 3월 14일 오후 7:40/x.json",
        "12-34 - Student Two - a day nobody can read 2027 x/x.json",
    ],
)
def test_a_file_in_another_students_place_waits_whatever_the_platform(make_course, place):
    folder = make_course(roster="id,name\nann,Student One\nben,Student Two\n")
    path = folder / "handed-in" / place.format(course=COURSE)
    path.parent.mkdir(parents=True)
    path.write_bytes(text(work(folder, "ann")))
    done = grade(folder)
    assert not any(r.came for r in done.records)
    assert any("says ann (Student One), and lies where ben (Student Two) belongs" in what for _, _, what in done.notes)


# --- what a platform says ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "platform", "name", "late", "came"),
    [
        ("onestudent_5101_88001_hand-in-x-c001.json", "Canvas", "onestudent", False, ""),
        ("z.zip/onestudent_LATE_5101_88001_x.json", "Canvas", "onestudent", True, ""),
        ("anon_LATE_k4x0_88001_x.json", "Canvas", "", True, ""),
        ("Student One_7301_assignsubmission_file_/x.json", "Moodle", "Student One", False, ""),
        ("Student One_7301_assignsubmission_file_x.json", "Moodle", "Student One", False, ""),
        ("Paper 1_bb4_attempt_2026-11-27-19-40-00_x.json", "Blackboard", "", False, "2026-11-27T19:40:00"),
        (
            "12-34 - Student One - 27 November, 2026 740 PM/x.json",
            "Brightspace",
            "Student One",
            False,
            "2026-11-27T19:40:00",
        ),
        (
            "12-34 - Student One - Nov 27, 2026 1205 AM/x.json",
            "Brightspace",
            "Student One",
            False,
            "2026-11-27T00:05:00",
        ),
        *(
            (f"12-34 - Student One - {when}/x.json", "Brightspace", "Student One", False, "2026-11-27T19:40:00")
            for when in (
                "27 November, 2026 1940",
                "27. November 2026 19:40",
                "27 nov. 2026 19h40",
                "27 de noviembre de 2026 19:40",
                "2026년 11월 27일 오후 7:40",
                "2026-11-27 19:40",
                "Nov. 27, 2026 7:40 PM",
            )
        ),
        ("12-34 - Student One - 5 Mai 2026 0905/x.json", "Brightspace", "Student One", False, "2026-05-05T09:05:00"),
        ("12-34 - Student One - 5 août 2026 0905/x.json", "Brightspace", "Student One", False, "2026-08-05T09:05:00"),
        ("12-34 - Student One - 5 März 2026 0905/x.json", "Brightspace", "Student One", False, "2026-03-05T09:05:00"),
        ("12-34 - Student One - 5 juin 2026 0905/x.json", "Brightspace", "Student One", False, "2026-06-05T09:05:00"),
        ("12-34 - Student One - 5 Smarch 2026 0905/x.json", "Brightspace", "Student One", False, ""),
    ],
)
def test_the_names_of_downloads_are_understood(path, platform, name, late, came):
    found = told(path)
    assert (found.platform, found.name, found.late) == (platform, name, late)
    assert (found.came.isoformat() if found.came else "") == came


@pytest.mark.parametrize(
    "path", ["hand-in-korea-301-ann.json", "ann/x.json", "x", "a_attempt_2026-99-99-00-00-00_b.json"]
)
def test_other_names_say_nothing(path):
    found = told(path)
    assert found is None or found.came is None


@pytest.mark.parametrize("zone", ZONES)
def test_lateness_is_the_same_for_every_grader(make_course, monkeypatch, zone):
    """The course is held in Seoul and due on the 15th at 18:00 there; dates inside archives and on disk say nothing."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        plan = PLAN.replace("2027-03-15T12:00:00Z", '2027-03-15T18:00:00\nzone = "Asia/Seoul"')
        folder = make_course(plan=plan, roster="id,name\n" + "".join(f"u{i},Student {i}\n" for i in range(1, 7)))
        made = {f"u{i}": text(work(folder, f"u{i}")) for i in range(1, 7)}
        after = text(work(folder, "u6", made="2027-03-15T09:30:00+00:00"))
        members = {
            f"1student_LATE_1_2_hand-in-{COURSE}-u1.json": made["u1"],
            f"2student_1_2_hand-in-{COURSE}-u2.json": made["u2"],
            f"Paper_u3_attempt_2027-03-15-18-00-01_hand-in-{COURSE}-u3.json": made["u3"],
            f"Paper_u4_attempt_2027-03-15-17-59-59_hand-in-{COURSE}-u4.json": made["u4"],
            f"Student 5_9_assignsubmission_file_/hand-in-{COURSE}-u5.json": made["u5"],
            f"Student 6_9_assignsubmission_file_/hand-in-{COURSE}-u6.json": after,
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as z:
            for name, data in members.items():
                z.writestr(zipfile.ZipInfo(name, (2027, 3, 20, 9, 0, 0)), data)
        place = folder / "download.zip"
        place.write_bytes(out.getvalue())
        os.utime(place, (1_900_000_000,) * 2)
        grade(folder, place)
        assert {s: r["late"] for s, r in book(folder).items()} == {
            "u1": "Canvas marks it late.",
            "u2": "",
            "u3": "attempt of 15 March 18:00 Asia/Seoul, 1 minute late.",
            "u4": "",
            "u5": "",
            "u6": "made 15 March 18:30 Asia/Seoul, 30 minutes late.",
        }
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_clock_that_cannot_be_right_is_told_and_makes_nobody_late(make_course):
    folder = make_course()
    build(folder)
    put(folder, work(folder, "ann", made="2028-03-10T10:00:00+00:00"))
    put(folder, work(folder, "ben", made="2025-03-10T10:00:00+00:00"))
    put(folder, work(folder, "cho"))
    grade(folder)
    told_of = {s: r["to look at"] for s, r in book(folder).items()}
    assert "has not come yet" in told_of["ann"]
    assert "before the course was built" in told_of["ben"]
    assert "clock" not in told_of["cho"]
    assert {r["late"] for r in book(folder).values()} == {""}


def test_a_hand_in_with_a_clock_ahead_does_not_hide_a_later_one(make_course):
    folder = make_course()
    put(folder, work(folder, "ann", made="2028-03-10T10:00:00+00:00", **{"counting.bound": "a"}), "a.json")
    put(folder, work(folder, "ann"), "b.json")
    grade(folder)
    assert book(folder)["ann"]["counting.bound"] == "3"


# --- whose it is -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["Student Two_9_assignsubmission_file_/", "u2/", "2student_1_2_", "studenttwo_1_2_"])
def test_a_file_that_says_another_than_its_place_waits_for_the_instructor(make_course, place):
    folder = make_course(roster="id,name\nu1,Student One\nu2,Student Two\n")
    place = place.replace("2student", "twostudent")
    put(folder, work(folder, "u1"), f"{place}hand-in-{COURSE}-u1.json")
    grade(folder)
    assert {r["handed in (UTC)"] for r in book(folder).values()} == {"nothing came"}
    (line,) = [r for r in rows(folder / "marked/to-look-at.csv") if r["file"]]
    assert "u1 (Student One)" in line["what"]
    assert "u2 (Student Two)" in line["what"]
    for owner in ("u1", "u2"):
        (folder / "whose.csv").write_text(f"file,student\n{line['file']},{owner}\n", encoding="utf-8-sig")
        grade(folder)
        assert [s for s, r in book(folder).items() if r["points"]] == [owner]


def test_a_word_on_a_student_nobody_knows_is_refused(make_course, refusal):
    folder = make_course()
    put(folder, work(folder, "ann"))
    (folder / "whose.csv").write_text("file,student\nx.json,anm\n", encoding="utf-8")
    assert "whose.csv, line 2: 'anm' is not in the roster; the nearest is 'ann'" in refusal(grade, folder)


def test_an_id_changed_by_hand_waits_and_an_answer_changed_by_hand_counts(make_course):
    folder = make_course()
    put(folder, work(folder, "ann") | {"student": "ben"}, "a.json")
    both = work(folder, "ann") | {"student": "cho"}
    both["answers"]["counting.bound"]["value"] = "a"
    put(folder, both, "b.json")  # the checksum fits nobody now, but the numbers are ann's
    only = work(folder, "ann")
    only["answers"]["counting.bound"]["value"] = "a"
    put(folder, only, "c.json")
    grade(folder)
    assert {s: bool(r["points"]) for s, r in book(folder).items()} == {"ann": True, "ben": False, "cho": False}
    told_of = notes(folder)
    assert any("a.json | it was made as ann (Ann)'s and changed by hand to say ben (Ben)" in n for n in told_of)
    assert any("b.json | it was made as ann (Ann)'s" in n for n in told_of)
    assert "changed or damaged" in book(folder)["ann"]["to look at"]


def test_online_text_is_mentioned_once_and_notes_of_the_platform_not_at_all(make_course):
    folder = make_course(roster="id,name\n" + "".join(f"u{i},Student {i}\n" for i in range(4)))
    members = {}
    for i in range(4):
        members[f"Student {i}_9_assignsubmission_file_/h.json"] = text(work(folder, f"u{i}"))
        members[f"Student {i}_9_assignsubmission_onlinetext_/onlinetext.html"] = b"<p>see the file</p>"
        members[f"Paper_bb{i}_attempt_2027-03-10-10-00-00.txt"] = b"Name: Student (bb)\r\nAssignment: Paper\r\n"
    for name, data in members.items():
        put(folder, {"student": ""}, name, data)
    done = grade(folder)
    assert done.came == 4
    assert [what for _, _, what in done.notes] == [
        "text typed into the platform (and 3 more of its kind) is never opened here; only files count."
    ]


def test_a_mac_writes_names_in_parts(make_course):
    folder = make_course(roster="id,name\nu1,Prüfling Drei\nu2,Other\n")
    at = unicodedata.normalize("NFD", "Prüfling Drei") + "_9_assignsubmission_file_"
    data = zipped({f"{at}/h.json": text(work(folder, "u1")), f"__MACOSX/{at}/._h.json": b"\0\5\x16\7"})
    (folder / "mac.zip").write_bytes(data)
    assert grade(folder, folder / "mac.zip").came == 1


def test_marks_that_turn_text_are_taken_out_of_every_page_and_sheet(make_course):
    folder = make_course()
    turns = "\u202e\u202d\u2066\u2067\u2068\u202a\u202b\u061c\u200f"
    put(folder, work(folder, "ann", **{"law.reason": f"{turns}=1+1 turned{turns}"}))
    grade(folder)
    for path in (folder / "marked").rglob("*"):
        if path.is_file():
            assert not set(turns) & set(path.read_text(encoding="utf-8")), path.name
    assert read_text(text(hand_in("s001", answers(a=f"a{turns}b")))).answers["a"].value == "ab"
