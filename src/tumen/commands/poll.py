"""`tumen poll`: put a chapter's questions to a whole class, from this machine."""

from __future__ import annotations

from pathlib import Path

from tumen.core import Problem

PORT = 8765


def register(commands) -> None:
    """Add the subcommand to the parser."""
    p = commands.add_parser(
        "poll",
        help="hold a lesson: a chapter's questions on phones and on the wall",
        description="Serve the predictions, choices and texts of a chapter to phones, one at a time, and what the class answered to "
        "a projector. Nothing is sent anywhere else. The guide's chapter on a lesson says how to begin.",
    )
    p.add_argument("chapter", metavar="CHAPTER", help="a chapter's number or name, such as 02")
    p.add_argument(
        "folder",
        nargs="?",
        default=".",
        metavar="FOLDER",
        help="where the lesson's file is written (default: this folder)",
    )
    p.add_argument(
        "--host",
        default="127.0.0.1",
        help="the address to serve at (default: this machine only; 0.0.0.0: every network it is in)",
    )
    p.add_argument("--port", type=int, default=PORT, help=f"the port to serve at (default: {PORT})")
    p.add_argument(
        "--address", metavar="URL", help="the address phones are shown, where it is another than the machine's own"
    )
    p.add_argument(
        "--workbooks", metavar="FOLDER", help="the notebooks to take the chapter from (default: Tumen's own)"
    )
    p.set_defaults(do=do)


def do(args) -> None:
    """Hold the lesson until the teacher ends it, or Ctrl-C stops it for now."""
    import asyncio

    from tumen.lesson.agenda import chapter

    folder = Path(args.folder)
    if not folder.is_dir():
        raise Problem(f"there is no folder {args.folder!r}; give one in which the lesson's file may be written.")
    if not 0 < args.port < 65536:
        raise Problem(f"there is no port {args.port}; choose one from 1 to 65535, such as {PORT}.")
    found = chapter(args.chapter, args.workbooks)
    try:
        asyncio.run(hold(found, folder, args.host, args.port, args.address))
    except KeyboardInterrupt:
        print("\nStopped for now. The same command takes the lesson up where it was; the teacher's desk ends it.")


async def hold(found, folder: Path, host: str, port: int, address: str | None) -> None:
    """Serve a lesson on a chapter until it is ended."""
    import asyncio

    from tumen.lesson import agenda, announce, pictures
    from tumen.lesson.room import Room
    from tumen.lesson.server import application, listen

    room = Room(found, folder, agenda.guide())
    base = (address or f"http://{_shown(host)}:{port}").rstrip("/")
    server = listen(application(room, f"{base}/{room.lesson.code}/"), host, port)
    here = f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else _shown(host)}:{port}"
    told = announce.announce(port, room.lesson.code, room.key) if host in ("0.0.0.0", "127.0.0.1") else False
    print(f"{'Taken up again' if room.taken_up else 'The lesson'}: {found.title}")
    print(f"  you, the desk:  {here}/teach/{room.key}")
    print(f"  the projector:  {here}/teach/{room.key}?wall=1   (the next press is Page Down, or a presenter's remote)")
    print(f"  the class:      {base}/{room.lesson.code}/   (code {room.lesson.code})")
    if host == "127.0.0.1" and not address:
        print("  Only this machine can join. For phones in your network: --host 0.0.0.0")
    if told:
        print("  Readers of this installation (tumen read, the class server) see the question too.")
    print("  Ctrl-C stops for now; the desk ends the lesson.", flush=True)
    drawing = asyncio.create_task(_draw(room, pictures))
    try:
        await room.ended.wait()
        await asyncio.sleep(1)  # the desk still waits for its answer
    finally:
        drawing.cancel()
        announce.withdraw(room.lesson.code)
        server.stop()
        room.journal.close()
    print("The lesson has ended; nothing of it is kept but the file, if you had one written.")


async def _draw(room, pictures) -> None:
    """The pictures come while the class comes in."""
    room.pictures = await pictures.drawn(room.lesson.chapter.tasks)
    room.wall_bell.ring()


def _shown(host: str) -> str:
    """A host as it stands in an address: for every network of this machine, the one it is reached at."""
    import socket

    if host in ("0.0.0.0", "::"):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            try:
                s.connect(("192.0.2.1", 9))  # a datagram's socket sends nothing when it is told where to
                return s.getsockname()[0]
            except OSError:
                return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
