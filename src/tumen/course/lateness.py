"""When a hand-in came: by the time it was made, and by its file's date where that is later."""

from __future__ import annotations

import datetime as dt

from tumen.course.one_file import Received
from tumen.course.plan import Course

SLACK = dt.timedelta(minutes=1)  # between the clock a hand-in was made by and its file's date


def due(course: Course) -> dt.datetime | None:
    """The moment a course is due: a date is the end of that day, a time without a zone is this machine's."""
    if course.due is None:
        return None
    if isinstance(course.due, dt.datetime):
        return course.due.astimezone(dt.UTC)
    end = dt.datetime.combine(course.due, dt.time.max).replace(microsecond=0)
    return end.astimezone(dt.UTC)


def late(course: Course, one: Received) -> str:
    """How late a hand-in is, by its own clock and by its file's date where that is later; "" where it is in time."""
    end, made, dated = due(course), one.hand_in.made, one.dated
    if end is None or not (made or dated):
        return ""
    file_late = dated is not None and dated > end and (made is None or dated > made + SLACK)
    file_words = f"the file's date is {_moment(dated)}" if file_late else ""
    if made is not None and made > end:
        return f"made {_moment(made)}, {_span(made - end)} late" + (f"; {file_words}" if file_words else "") + "."
    if not file_late:
        return ""
    return f"made in time ({_moment(made)}), but {file_words}." if made else f"{file_words}, {_span(dated - end)} late."


def _moment(time: dt.datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC"


def _span(span: dt.timedelta) -> str:
    minutes = max(1, round(span.total_seconds() / 60))
    if minutes < 120:
        return f"{minutes} minute{'' if minutes == 1 else 's'}"
    return f"{minutes // 60} hours" if minutes < 48 * 60 else f"{minutes // 1440} days"
