"""When a hand-in came: by what the platform says, else by the time it was made; always in the course's own time zone.

A file's date on disk and the dates inside an archive say when somebody copied, downloaded or packed it: they make nobody
late. A time that cannot be right makes nobody late either, and is told.
"""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from tumen.core.frozen import frozen
from tumen.core.words import counted
from tumen.course.keeping import Received
from tumen.course.plan import BUILT, Course
from tumen.evidence.dates import MONTHS

AHEAD = dt.timedelta(days=1)  # a clock may be in another zone, and a little fast
BEHIND = dt.timedelta(days=30)  # a course may have been built anew after its copies were given out
TERM = dt.timedelta(days=180)  # or moved to another computer; but nobody works on it so long before it is due
LAST = dt.timezone(dt.timedelta(hours=-12))  # where a day ends last


def now() -> dt.datetime:
    """The time at which hand-ins are looked at."""
    return dt.datetime.now(dt.UTC)


def zone(course: Course) -> dt.tzinfo:
    """The course's time zone: the one it names, else that of the moment it is due, else Greenwich."""
    if course.zone:
        return ZoneInfo(course.zone)
    return (course.due.tzinfo if isinstance(course.due, dt.datetime) else None) or dt.UTC


def due(course: Course) -> dt.datetime | None:
    """The moment a course is due, in its own zone: a date is the end of that day there.

    Where no zone is named, a date ends where it ends last on earth, so that nobody is late by the place of a computer.
    """
    return None if course.due is None else end_of(course.due, course)


def end_of(day: dt.date, course: Course) -> dt.datetime:
    """The moment a day, or an hour of one, ends in a course, as `due` says."""
    if isinstance(day, dt.datetime):
        return day if day.tzinfo else day.replace(tzinfo=zone(course))
    return dt.datetime.combine(day, dt.time(23, 59, 59), zone(course) if course.zone else LAST)


def late(
    course: Course, one: Received, first: dt.datetime | None = None, end: dt.datetime | None = None, own: bool = False
) -> str:
    """How late a hand-in is, in a sentence; "" where it is in time, or where nothing that can be right says otherwise.

    `first` is what `earliest` says of the course; `end` is when it was due for this student, else as the plan says. Where
    that is the student's `own`, a platform that knows of one day only, and gives no time, is not asked.
    """
    end, said = end or due(course), told(one.path)
    if end is None:
        return ""
    if said and said.late and not own:
        return f"{said.platform} marks it late."
    if said and said.came:
        came = said.came.replace(tzinfo=zone(course))
        return f"attempt of {_moment(came, course)}, {_span(came - end)} late." if came > end else ""
    made = one.hand_in.made
    if made is None or wrong_clock(made, first) or made <= end:
        return ""
    return f"made {_moment(made, course)}, {_span(made - end)} late."


def wrong_clock(made: dt.datetime | None, first: dt.datetime | None = None) -> str:
    """Why the clock a hand-in was made by cannot have been right; "" where it can. None can be made before `first`."""
    if made is not None and made > now() + AHEAD:
        return "the time it says it was made has not come yet: the clock of that computer is wrong."
    if made is not None and first is not None and made < first:
        return "it says it was made before the course was built: the clock of that computer is wrong."
    return ""


def earliest(course: Course) -> dt.datetime | None:
    """The moment before which no hand-in can have been made: the course was not built, and far from due; None where unknown."""
    try:
        dates = [p.stat().st_mtime for p in (course.folder / BUILT / "instructor").rglob("*") if p.is_file()]
    except OSError:
        return None
    if not dates:
        return None
    built, end = dt.datetime.fromtimestamp(min(dates), dt.UTC) - BEHIND, due(course)
    return built if end is None else min(built, end - TERM)


def _moment(time: dt.datetime, course: Course) -> str:
    """A moment in the course's own zone, which is named; its year only where it is not the year it was due."""
    here = time.astimezone(zone(course))
    year = "" if here.year == due(course).year else f" {here.year}"
    return f"{here.day} {here:%B}{year} {here:%H:%M} {course.zone or here.tzname() or ''}".strip()


def _span(span: dt.timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 120:
        return counted(minutes, "minute")
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // 1440} days"


# --- what a learning platform writes into the names of a download ---------------------------------

CANVAS = re.compile(r"([^_/]+)_(LATE_)?\d+_(?:\d+_|text)")  # namewithoutspaces_[LATE_]user_submission_file
ANONYMOUS = re.compile(r"anon_(LATE_)?[A-Za-z0-9]+_(?:\d+_|text)")  # Canvas, marked without names
MOODLE = re.compile(r"([^_/]+)_(\d+)_assignsubmission_")
BLACKBOARD = re.compile(r"(?:^|_)([^_/]+)_attempt_(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)")
BRIGHTSPACE = re.compile(r"\d+-\d+ - (.+) - (.*\b\d{4}\D.*)")  # 1234-5678 - First Last - 27 November, 2026 740 PM
DAY_FIRST = re.compile(
    r"(\d{1,2})\.? (?:de )?([^\W\d]{3,10})\.?,? (?:de )?(\d{4})\W+(?:à |um )?(\d{1,2})[:.h]?(\d\d)\b ?([AP]M)?",
    re.IGNORECASE,
)
MONTH_FIRST = re.compile(r"([^\W\d]{3,10})\.? (\d{1,2}),? (\d{4})\W+(\d{1,2}):?(\d\d)\b ?([AP]M)?", re.IGNORECASE)
YEAR_FIRST = re.compile(
    r"(\d{4})[-년年/. ]+(\d{1,2})[-월月/. ]+(\d{1,2})[일日.T]?\s*(오전|오후|午前|午後|上午|下午)?\s*(\d{1,2})[:시時]?(\d\d)"
)
IN_OTHERS = {  # how a month begins in the languages Brightspace writes it in, besides English
    1: "jän ene gen janv", 2: "fév fevr fev", 3: "mär mrt mars", 4: "abr avr", 5: "mai mei may maj mag", 6: "juin giu", 7: "juil lug",
    8: "ago aoû aug", 9: "set sep", 10: "okt ott out", 11: "nov", 12: "dez dic déc",
}  # fmt: skip


@frozen
class Told:
    """What one piece of a path says: a student's name or login as the platform has it, whether late, when it came.

    `came` has no zone: a platform writes the time of the place the course is held in.
    """

    platform: str
    name: str = ""
    login: str = ""
    late: bool = False
    came: dt.datetime | None = None


def told(path: str) -> Told | None:
    """What a platform says of a file in its path, None where no piece of it is written as a platform does.

    The first piece that is counts: what comes after it is named by whoever handed in.
    """
    return next((found for part in path.split("/") if (found := _piece(part))), None)


def _piece(part: str) -> Told | None:
    if m := MOODLE.match(part):
        return Told("Moodle", name=m[1])
    if m := BLACKBOARD.search(part):
        return Told("Blackboard", login=m[1], came=_time(*map(int, m.groups()[1:])))
    if m := BRIGHTSPACE.match(part):
        return Told("Brightspace", name=m[1], came=_dated(m[2]))
    if m := ANONYMOUS.match(part):
        return Told("Canvas", late=bool(m[1]))
    if m := CANVAS.match(part):
        return Told("Canvas", name=m[1], late=bool(m[2]))
    return None


def _dated(text: str) -> dt.datetime | None:
    """The moment Brightspace writes in the language of its course; None where it is written otherwise."""
    if m := YEAR_FIRST.search(text):
        year, month, day, half, hour, minute = int(m[1]), int(m[2]), int(m[3]), m[4] or "", int(m[5]), m[6]
        half = "PM" if half in ("오후", "午後", "下午") else "AM" if half else ""
    elif m := DAY_FIRST.search(text) or MONTH_FIRST.search(text):
        first = m.re is DAY_FIRST
        day, month = int(m[1] if first else m[2]), _month(m[2] if first else m[1])
        year, hour, minute, half = int(m[3]), int(m[4]), m[5], (m[6] or "").upper()
    else:
        return None
    return _time(year, month, day, hour % 12 + 12 * (half == "PM") if half else hour, int(minute))


def _month(name: str) -> int:
    name = name.lower()
    if name[:3].title() in MONTHS:
        return MONTHS.index(name[:3].title()) + 1
    return next((n for n, begins in IN_OTHERS.items() if name.startswith(tuple(begins.split()))), 0)


def _time(*parts: int) -> dt.datetime | None:
    try:
        return dt.datetime(*parts)
    except ValueError:
        return None
