"""What a learning platform writes into the names of a download: whose a file is, that it came late, when it came."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

CANVAS = re.compile(r"([^_/]+)_(LATE_)?\d+_(?:\d+_|text)")  # namewithoutspaces_[LATE_]user_submission_file
ANONYMOUS = re.compile(r"anon_(LATE_)?[A-Za-z0-9]+_(?:\d+_|text)")  # Canvas, marked without names
MOODLE = re.compile(r"([^_/]+)_(\d+)_assignsubmission_")
BLACKBOARD = re.compile(r"(?:^|_)([^_/]+)_attempt_(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)")
BRIGHTSPACE = re.compile(  # 1234-5678 - First Last - 27 November, 2026 740 PM, or with Nov 27, 2026
    r"\d+-\d+ - (.+) - (?:(\d{1,2}) ([A-Za-z]{3,9})|([A-Za-z]{3,9}) (\d{1,2})),? (\d{4}) (\d{1,2}):?(\d\d) ?([AP]M)",
    re.IGNORECASE,
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True)
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
        return Told("Brightspace", name=m[1], came=_brightspace(m))
    if m := ANONYMOUS.match(part):
        return Told("Canvas", late=bool(m[1]))
    if m := CANVAS.match(part):
        return Told("Canvas", name=m[1], late=bool(m[2]))
    return None


def _brightspace(m: re.Match) -> dt.datetime | None:
    day, month = int(m[2] or m[5]), (m[3] or m[4])[:3].lower()
    if month not in MONTHS:
        return None
    hour = int(m[7]) % 12 + (12 if m[9].upper() == "PM" else 0)
    return _time(int(m[6]), MONTHS.index(month) + 1, day, hour, int(m[8]))


def _time(*parts: int) -> dt.datetime | None:
    try:
        return dt.datetime(*parts)
    except ValueError:
        return None
