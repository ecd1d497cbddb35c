"""`tumen course`: plan a course, take over its class list, build every student's copy, grade what comes back, print worksheets."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from tumen.core import Problem
from tumen.core.words import counted

ACTIONS = ("new", "build", "grade", "worksheets", "handouts", "roster", "collect", "forget")
FOLDER = {"metavar": "FOLDER", "nargs": "?", "default": ".", "help": "the course's folder (default: this one)"}
WIDTH = 30  # characters of the bar
MOST = 20  # files that could not be used, told on the screen


def register(commands) -> None:
    """Add the subcommands to the parser."""
    p = commands.add_parser(
        "course", help="plan a course, take over its class list, build every student's copy, grade hand-ins"
    )
    kinds = p.add_subparsers(dest="action", metavar="ACTION", parser_class=type(p))
    q = kinds.add_parser("new", help="write a course.toml to fill in", description="Begin a course in a folder.")
    q.add_argument("folder", metavar="FOLDER", help="a folder for the course; it is made where there is none")
    q.add_argument("--sample", action="store_true", help="the sample course, built and handed in, to try marking on")
    q.set_defaults(do=do_new)
    q = kinds.add_parser(
        "roster",
        help="make the class list from what your platform exports",
        description="Write FOLDER/roster.csv from an export of Canvas, Moodle, Blackboard, Brightspace, ILIAS, or any list. The "
        "platform's own keys are kept beside Tumen's ids.",
    )
    q.add_argument("export", metavar="EXPORT", help="the file your platform, or a spreadsheet, wrote")
    q.add_argument("folder", **FOLDER)
    q.add_argument("--replace", action="store_true", help="put it in the place of a class list that names others")
    q.set_defaults(do=do_roster)
    q = kinds.add_parser(
        "build",
        help="build the students' copies, the worked solutions and the instructor's copy",
        description="Build what a course.toml plans, into FOLDER/built. What has not changed is not written again.",
    )
    q.add_argument("folder", **FOLDER)
    q.add_argument(
        "--redraw",
        metavar="WHO",
        help="new numbers for all, or for ids with commas between; else what was issued stays",
    )
    q.add_argument("--yes", action="store_true", help="do so, once it was said whom it touches")
    q.set_defaults(do=do_build)
    _register_marking(kinds)
    p.set_defaults(do=do_nothing)


def _register_marking(kinds) -> None:
    """Add what comes after teaching: collect, grade, and the worksheets."""
    q = kinds.add_parser(
        "collect",
        help="fetch the hand-ins from the class server",
        description="Copy the hand-ins from the class server's folders into FOLDER/handed-in, a folder a student (as root).",
    )
    q.add_argument("folder", **FOLDER)
    q.add_argument("students", metavar="STUDENTS", nargs="?", help="the server's folder (default: /srv/tumen/students)")
    q.set_defaults(do=do_collect)
    q = kinds.add_parser(
        "grade",
        help="mark what the students handed in",
        description="Mark hand-ins into FOLDER/marked. Nothing in them is run; a file that cannot be used is listed.",
    )
    q.add_argument("folder", **FOLDER)
    q.add_argument(
        "hand_ins", metavar="HAND_INS", nargs="?", help="a folder, a zip or a file (default: FOLDER/handed-in)"
    )
    q.add_argument("--by-task", action="store_true", help="a column a task in the forms for Canvas and Moodle")
    q.add_argument("--keep-solutions", action="store_true", help="leave solutions out of the students' feedback")
    q.add_argument("--anonymous", action="store_true", help="codes for ids and names on sheets and feedback")
    q.add_argument("--yes", action="store_true", help="lower points, once it was said whose and why")
    q.set_defaults(do=do_grade)
    q = kinds.add_parser(
        "forget",
        help="take a student out of a course everywhere",
        description="Take a student out of class list, copies, hand-ins (also inside zips), marks, backups and history, and say "
        "what went. It cannot be undone.",
    )
    q.add_argument("student", metavar="ID", help="the student's id")
    q.add_argument("folder", **FOLDER)
    q.set_defaults(do=do_forget)
    q = kinds.add_parser(
        "worksheets",
        help="write worksheets to print",
        description="Write a page to print for each chapter, with its predictions and tasks and no answers: for a course into "
        "FOLDER/worksheets, for the workbook as it comes into a FOLDER without a plan.",
    )
    q.add_argument("folder", **FOLDER)
    q.set_defaults(do=do_worksheets)
    q = kinds.add_parser(
        "handouts",
        help="write handouts to print, one page each",
        description="Write for each chapter its questions and its roles, a page each with the picture and the paragraph it speaks of: "
        "for a course into FOLDER/handouts, for the workbook as it comes into a FOLDER without a plan.",
    )
    q.add_argument("folder", **FOLDER)
    q.set_defaults(do=do_handouts)


def do_nothing(_args) -> None:
    """Say what there is to choose from."""
    raise Problem(f"tumen course needs one of {', '.join(ACTIONS)}; see tumen course --help.")


def do_new(args) -> None:
    """Write the files of a new course."""
    from tumen.course.template import new, new_sample

    if args.sample:
        made = new_sample(args.folder)
        came = sum(path.parent.name == "handed-in" for path in made)
        print(f"written: the sample course in {args.folder}, built, and {came:,} hand-ins of invented students.")
        print(f"Now: tumen course grade {args.folder}")
        return
    for path in new(args.folder):
        print(f"written: {path}")
    print(f"Read and change course.toml, then: tumen course build {args.folder}")


def do_roster(args) -> None:
    """Make the class list, and say what was left out, what was made and what cannot be told."""
    from tumen.course.exported import read_export
    from tumen.course.roster import read_roster, roster_text
    from tumen.course.written import written_out

    found = read_export(args.export)
    path = Path(args.folder) / "roster.csv"
    before = {s.id for s in read_roster(path)} if path.is_file() else set()
    gone = sorted(before - {s.id for s in found.students})
    if gone and not args.replace:
        more = f" and {len(gone) - 5:,} more" if len(gone) > 5 else ""
        raise Problem(
            f"{path} names {', '.join(gone[:5])}{more}, whom {Path(args.export).name} does not; nothing was changed. With --replace it is."
        )
    written_out(path, "\ufeff" + roster_text(found.students))  # by this mark a spreadsheet knows the text for UTF-8
    print(
        f"written: {path}, with {counted(len(found.students), 'student')}; look at the ids, then: tumen course build {args.folder}"
    )
    for sentence in found.said:
        print(f"Note: {sentence}")


def do_build(args) -> None:
    """Build the course, and say what was done."""
    from tumen.course.build import build, new_numbers

    redraw: tuple[str, ...] = ()
    if args.redraw is not None:
        redraw, said = new_numbers(args.folder, args.redraw)
        if not args.yes:
            raise Problem(f"{said}; nothing was built, and with --yes it is.")
        print(f"{said}; what they hand in from an earlier copy is still marked by that copy's numbers.")
    done = build(args.folder, bar("copies"), redraw)
    files = f"{done.written:,} files written, {done.same:,} as they were, {done.removed:,} taken away"
    who = "one copy for all" if not done.students else counted(done.students, "student")
    print(f"{who}; {files} in {done.path}.")
    for note in done.notes:
        print(f"Note: {note}")
    if done.students:
        print(_to_hand_out(done))


def _to_hand_out(done) -> str:
    """Whose zips are to be given out after a build: all, those that are new or changed, or none."""
    from tumen.course.roster import first_few

    zips = [Path(name).stem for name in done.changed if name.startswith("zips/")]
    if not zips:
        return f"No zip in {done.path / 'zips'} has changed: there is nothing to hand out again."
    if len(zips) < done.students:
        return f"New or changed: {first_few(zips, MOST)}; give these students their zip from {done.path / 'zips'}, and nothing else of {done.path}."
    return f"Give each student their zip from {done.path / 'zips'}, and nothing else of {done.path}."


def do_collect(args) -> None:
    """Collect from the class server, and say what came and what was passed over."""
    from tumen.course.collect import SERVER, collect

    done = collect(args.folder, args.students or SERVER)
    students = {path.parent.name for path in done.written}
    files = counted(len(done.written), "hand-in")
    print(f"{files} of {counted(len(students), 'student')} new in {done.folder}, {done.same:,} there before.")
    for student, place, why in done.passed_over[:MOST]:
        print(f"Passed over: {student}: {place}: {why}")
    if len(done.passed_over) > MOST:
        print(f"and {len(done.passed_over) - MOST:,} more that were passed over.")
    for student in done.strangers:
        print(f"Note: {student} is not in the course's roster.")
    print(f"Now: tumen course grade {args.folder}")


def do_grade(args) -> None:
    """Grade the course, and say what came of it."""
    from tumen.course.grade import grade
    from tumen.course.mark_history import Lowered

    bars: dict[str, Callable[[int, int], None]] = {}

    def tell(what: str, done: int, whole: int) -> None:
        bars.setdefault(what, bar(what))(done, whole)

    try:
        done = grade(args.folder, args.hand_ins, args.by_task, not args.keep_solutions, tell, args.yes, args.anonymous)
    except Lowered as stop:
        for line in stop.lines:
            print(line)
        raise
    late, waiting = sum(bool(r.late) for r in done.records), sum(r.waiting for r in done.records)
    students = counted(len(done.records), "student")
    print(f"{done.came:,} of {students} handed in{f', {late:,} late' if late else ''}.")
    for _, file, what in done.refused[:MOST]:
        print(f"Not used: {file}: {what}")
    if len(done.refused) > MOST:
        print(f"and {len(done.refused) - MOST:,} more files that could not be used; all stand in to-look-at.csv.")
    others = len(done.notes) - len(done.refused)
    if others:
        print(f"{counted(others, 'thing')} to look at: see {done.folder / 'to-look-at.csv'}.")
    if waiting:
        print(f"{counted(waiting, 'text')} to read: {_where_to_mark(done)}; then run this again.")
    for name, n in done.given_back.items():
        print(f"{name}: {counted(n, 'student')}, to give back on the platform their hand-ins came from.")
    print(
        f"Open {done.folder / 'report.html'}; marks are in gradebook.csv, canvas.csv and moodle.csv, a page a student in feedback."
    )


def _where_to_mark(done) -> str:
    """Where texts are read and marks are typed: by one person, or by several with a sheet each."""
    sheet = done.sheet
    if not sheet or not sheet.markers:
        return f"see {done.folder / 'marking-sheet.html'}; type marks into marking-sheet.csv"
    says = f"each marker types into a sheet of their own in {sheet.path.parent / 'sheets'} ({', '.join(sheet.markers)})"
    if sheet.to_agree:
        apart = f"{counted(sheet.to_agree, 'text')}, see report.html"
        says += f"; where marks lie too far apart ({apart}) the agreed one goes into marking-sheet.csv"
    return says


def do_forget(args) -> None:
    """Take a student out, and say what went."""
    from tumen.course.forget import forget

    for sentence in forget(args.folder, args.student):
        print(sentence)


def do_worksheets(args) -> None:
    """Write the worksheets of a course, or of the workbook where the folder plans none."""
    from tumen.course.assignment import write_worksheets

    _write_to_print(Path(args.folder), "worksheets", write_worksheets)


def do_handouts(args) -> None:
    """Write the handouts of a course, or of the workbook where the folder plans none."""
    from tumen.site.handouts import write_handouts

    _write_to_print(Path(args.folder), "handouts", partial(write_handouts, tell=bar("chapters")))


def _write_to_print(folder: Path, into: str, write) -> None:
    from tumen.course.plan import FILE, read_course

    if (folder / FILE).exists():
        written = write(folder / into, read_course(folder))
    else:
        print(f"There is no {FILE} in {folder}: these are the workbook's own chapters and numbers.")
        written = write(folder)
    for path in written:
        print(f"written: {path}")
    print("Open a page in your browser and print it.")


def bar(what: str) -> Callable[[int, int], None]:
    """A function that draws a bar of progress where somebody is looking, and nothing elsewhere."""

    def show(done: int, whole: int) -> None:
        if not sys.stderr.isatty():
            return
        if not whole:  # nobody knows yet how many there will be
            print(f"\r{done:,} {what}", end="", file=sys.stderr, flush=True)
            return
        filled = WIDTH * done // whole
        end = "\n" if done == whole else ""
        print(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done:,} of {whole:,} {what}", end=end, file=sys.stderr)
        sys.stderr.flush()

    return show
