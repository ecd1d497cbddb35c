"""Collecting from the class server: whose folder a file came from is kept, and nothing a student lays leads out of it."""

import os
import socket

import pytest
from classroom import COURSE, work
from hostile import text

from tumen.cli import main
from tumen.course.collect import MOST_OF_ONE, collect
from tumen.course.grade import grade
from tumen.course.handed import LARGEST
from tumen.course.plan import read_course

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the class server runs on Linux")


@pytest.fixture
def class_(make_course, tmp_path):
    """A course, its students' ids, and a function that puts a hand-in of a student into a folder of the server's tree."""
    folder = make_course()
    ids = [s.id for s in read_course(folder).students]

    def put(owner, says="", where="work/workbooks", name="", data=None):
        place = tmp_path / "students" / owner / where
        place.mkdir(parents=True, exist_ok=True)
        made = place / (name or f"hand-in-{COURSE}-{says or owner}.json")
        made.write_bytes(text(work(folder, says or owner)) if data is None else data)
        return made

    return folder, ids, put, tmp_path / "students"


def names(folder):
    return sorted(p.relative_to(folder / "handed-in").as_posix() for p in (folder / "handed-in").rglob("*.json"))


def test_every_students_hand_in_is_collected_into_a_folder_of_the_students_name_and_grades(class_):
    folder, (one, two, *_), put, students = class_
    first = put(one)
    os.utime(first, (1_700_000_000, 1_700_000_000))
    put(two, where="work/my course/inner")
    done = collect(folder, students)
    assert names(folder) == [f"{one}/hand-in-{COURSE}-{one}.json", f"{two}/hand-in-{COURSE}-{two}.json"]
    assert (folder / "handed-in" / one / first.name).stat().st_mtime == 1_700_000_000
    assert done.passed_over == []
    assert grade(folder).came == 2


def test_a_file_that_says_it_is_anothers_shuts_nobody_out_and_is_seen(class_):
    folder, (one, two, *_), put, students = class_
    put(one)
    put(two, says=one)  # the same name in two folders: `cp` would keep one of them
    collect(folder, students)
    assert names(folder) == [f"{one}/hand-in-{COURSE}-{one}.json", f"{two}/hand-in-{COURSE}-{one}.json"]
    graded = grade(folder)
    by_id = {r.student.id: r for r in graded.records}
    assert by_id[one].came
    assert by_id[one].path == f"{one}/hand-in-{COURSE}-{one}.json"
    assert any(f"{two}/hand-in" in file for _, file, _ in graded.notes)


def test_links_pipes_devices_and_sockets_are_passed_over_and_named(class_, tmp_path, monkeypatch):
    folder, (one, two, *_), put, students = class_
    put(two)
    secret = tmp_path / "secret.json"
    secret.write_bytes(text(work(folder, one)))
    place = put(one, name="mine.txt", data=b"").parent
    (place / f"hand-in-{COURSE}-{one}.json").symlink_to(secret)
    (place / "hand-in-zero.json").symlink_to("/dev/zero")
    (place / "others").symlink_to(students / two)
    (students / one / "handed-out").symlink_to(tmp_path)  # the server's own link to the originals
    os.mkfifo(place / "hand-in-pipe.json")
    monkeypatch.chdir(place)  # a socket's whole name may have 107 letters
    with socket.socket(socket.AF_UNIX) as s:
        s.bind("hand-in-socket.json")
    if os.geteuid() == 0:
        os.mknod(place / "hand-in-device.json", 0o600 | 0o020000, os.makedev(1, 5))
    done = collect(folder, students)
    assert names(folder) == [f"{two}/hand-in-{COURSE}-{two}.json"]
    said = {file.rpartition("/")[2]: why for _, file, why in done.passed_over}
    links = {f"hand-in-{COURSE}-{one}.json", "hand-in-zero.json", "others"}
    assert {name for name, why in said.items() if why.startswith("a link")} == links
    others = {name for name, why in said.items() if why.startswith("a pipe, a device or a socket")}
    assert others >= {"hand-in-pipe.json", "hand-in-socket.json"}
    assert ("hand-in-device.json" in others) == (os.geteuid() == 0)
    assert {student for student, _, _ in done.passed_over} == {one}


def test_collecting_again_keeps_what_came_before_and_nothing_twice(class_):
    folder, (one, *_), put, students = class_
    made = put(one)
    collect(folder, students)
    again = collect(folder, students)
    assert (again.written, again.same) == ([], 1)
    made.write_bytes(made.read_bytes() + b"\n")
    assert len(collect(folder, students).written) == 1
    assert names(folder) == [f"{one}/hand-in-{COURSE}-{one} (2).json", f"{one}/hand-in-{COURSE}-{one}.json"]
    assert grade(folder).came == 1


def test_what_is_no_hand_in_stays_and_one_of_another_name_comes(class_):
    folder, (one, *_), put, students = class_
    put(one, name="answers.json", data=b"{}")
    put(one, name="notes.md", data=b"notes")
    put(one, where="work/.local", name="hand-in-hidden.json")
    put(one, name="my work.json")
    put(one, name="hand-in-large.json", data=b" " * (LARGEST + 1))
    done = collect(folder, students)
    assert names(folder) == [f"{one}/hand-in.json"]
    assert [why for _, _, why in done.passed_over] == [f"larger than a hand-in can be ({LARGEST // 1_000_000} MB)."]


def test_one_student_cannot_fill_the_teachers_disk_and_a_stranger_is_named(class_):
    folder, (one, *_), put, students = class_
    for n in range(MOST_OF_ONE + 5):
        put(one, name=f"hand-in-{n:04}.json", data=b"%d" % n)
    put("somebody", data=b"{}")
    done = collect(folder, students)
    assert len(done.written) == MOST_OF_ONE + 1
    assert "more than 200 hand-ins lie here" in done.passed_over[0][2]
    assert done.strangers == ["somebody"]


def test_the_command_says_what_came_and_what_did_not(class_, capsys):
    folder, (one, *_), put, students = class_
    os.mkfifo(put(one).with_name("hand-in-pipe.json"))
    assert main(["course", "collect", str(folder), str(students)]) == 0
    said = capsys.readouterr().out
    assert "1 hand-in of 1 student new in" in said
    assert f"Passed over: {one}: work/workbooks/hand-in-pipe.json: a pipe" in said


def test_a_server_that_is_not_there_is_told(class_, tmp_path, refusal):
    folder, *_ = class_
    said = refusal(collect, folder, tmp_path / "nowhere")
    assert "No such file or directory" in said
    assert "collect as root" in said


def test_what_is_collected_is_the_owners_alone_to_read(class_):
    folder, (one, *_), put, students = class_
    put(one)
    collect(folder, students)
    for path in (folder / "handed-in").rglob("*"):
        assert path.stat().st_mode & 0o007 == 0
