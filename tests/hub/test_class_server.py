"""`make hub` as a teacher runs it: two students, each with a server of their own, and neither can read the other's folder."""

import asyncio
import os
import pwd
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hub_room
import lab
import pytest
from accounts import PREFIX
from pupil import Pupil, Refused

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]
BOOK = "workbooks/02-counting-the-hidden.ipynb"


@pytest.fixture(scope="module")
def room():
    """A class of three at a running server."""
    why = hub_room.missing()
    if why:
        if os.environ.get("REQUIRE_HUB"):
            pytest.fail(f"REQUIRE_HUB is set, and {why}")
        pytest.skip(why)
    made = hub_room.Classroom(["anna", "ben", "choi"])
    try:
        start = time.monotonic()
        yield made.open("--memory", "800M")
        print(f"class server: {time.monotonic() - start:.0f} s from make to the end of the tests")
    finally:
        made.remove()


def visit(room, *names):
    """Run a coroutine function with a signed-in pupil with a running server for each name."""

    def run(does):
        async def inside():
            pupils = [Pupil(room.base, name, room.codes[name]) for name in names]
            try:
                for pupil in pupils:
                    await pupil.sign_in()
                    await pupil.start_server()
                return await does(*pupils)
            finally:
                for pupil in pupils:
                    await pupil.web.aclose()

        return in_its_own_loop(inside())

    return run


def in_its_own_loop(coroutine):
    with ThreadPoolExecutor(1) as apart:  # the browser's driver has a loop running in this thread
        return apart.submit(asyncio.run, coroutine).result()


def test_who_has_no_code_or_anothers_does_not_come_in(room):
    anna, ben, _ = room.names

    async def tries():
        for name, code in ((anna, "aaaa-bbbb-cccc"), (anna, room.codes[ben]), ("root", room.codes[ben]), (ben, "")):
            async with Pupil(room.base, name, code) as pupil:
                with pytest.raises(Refused):
                    await pupil.sign_in()

    in_its_own_loop(tries())


def test_a_student_has_an_account_a_copy_to_change_and_originals_that_cannot_be(room):
    anna = room.names[0]

    @visit(room, anna)
    async def said(pupil):
        mine = await pupil.run("import os, getpass; print(getpass.getuser(), os.getcwd(), oct(os.umask(0o077)))")
        changed = await pupil.run("open('workbooks/02-counting-the-hidden.ipynb', 'a').write(' '); print('changed')")
        tried = []
        for act in (
            "open('handed-out/02-counting-the-hidden.ipynb', 'a')",
            "open('handed-out/new.txt', 'w')",
            "__import__('os').remove('handed-out/02-counting-the-hidden.ipynb')",
            "__import__('os').listdir('handed-out/../state')",
            "open(__import__('tumen').__file__, 'a')",
        ):
            tried.append(await pupil.run(act))
        return mine, changed, tried

    mine, changed, tried = said
    assert mine.split() == [f"{PREFIX}{anna}", str(room.folder / "students" / anna / "work"), "0o77"]
    assert changed.strip().startswith("changed")
    assert [t.split(":")[0] for t in tried] == ["PermissionError"] * len(tried)
    assert not (room.folder / "content" / "instructor").exists()


def test_no_student_reads_another_students_folder(room):
    anna, ben, _ = room.names
    home = room.folder / "students" / ben / "work"

    @visit(room, anna, ben)
    async def tried(a, b):
        secret = (
            "open('secret.txt', 'w').write('my answer'); import os; os.chmod('.', 0o777); os.chmod('secret.txt', 0o666)"
        )
        assert await b.run(secret) in ("", "9")
        assert "my answer" in await b.run("print(open('secret.txt').read())")
        await b.run(f"import os; os.path.exists({str(home)!r}) or 1/0")
        session = (await b.ask("POST", "api/sessions", json=NOTEBOOK)).json()
        pids = await b.run("import os; print(os.getpid(), os.getppid())")
        acts = [
            f"open('{home}/secret.txt')",
            f"__import__('os').listdir('{home}')",
            f"__import__('os').listdir('{home.parent}')",
            f"__import__('os').listdir('{home.parent}/run')",
            f"__import__('os').listdir('{room.folder}/students')",
            f"open('{home}/new.txt', 'w')",
            f"__import__('os').kill({pids.split()[1]}, 9)",
            f"open('/proc/{pids.split()[1]}/environ').read()",
            f"open('/proc/{pids.split()[1]}/root{home}/secret.txt').read()",
            f"__import__('os').listdir('/proc/{pids.split()[1]}/cwd')",
            f"open('/proc/{pids.split()[1]}/mem').read(1)",
            "__import__('os').setuid(0)",
        ]
        socket = f"{home.parent}/run/kernel-{session['kernel']['id']}-ipc-1"
        acts.append(f"import socket; socket.socket(socket.AF_UNIX).connect('{socket}')")
        said = [await a.run(act) for act in acts]
        shell = await a.run(f"import subprocess; print(subprocess.getoutput('cat {home}/secret.txt; ls {home}'))")
        return said, shell, Path(socket).exists()

    said, shell, existed = tried
    assert existed  # what was refused was there
    assert [s.split(":")[0] for s in said] == ["PermissionError"] * len(said)
    assert "my answer" not in shell
    assert shell.count("Permission denied") == 2


NOTEBOOK = {"path": BOOK, "name": BOOK, "type": "notebook", "kernel": {"name": "python3"}}


def test_no_student_reaches_another_students_server(room):
    anna, ben, _ = room.names

    @visit(room, anna, ben)
    async def tried(a, b):
        found = []
        for path in ("api/contents/secret.txt", "files/secret.txt", "api/kernels", "lab"):
            answer = await a.web.get(f"{b.user}/{path}")
            found.append((path, answer.status_code, "my answer" in answer.text))
        url = (await b.run("import os; print(os.environ['JUPYTERHUB_SERVICE_URL'])")).strip()
        inside = f"""
import os, urllib.request, urllib.error
for token in ("", os.environ["JUPYTERHUB_API_TOKEN"]):
    for url in ("{url}api/contents/secret.txt", "{url}files/secret.txt",
                os.environ["JUPYTERHUB_API_URL"] + "/users", os.environ["JUPYTERHUB_API_URL"] + "/users/{ben}"):
        try:
            said = urllib.request.urlopen(urllib.request.Request(url, headers={{"Authorization": "token " + token}}))
            print(said.status, said.url, "my answer" in said.read().decode())
        except urllib.error.HTTPError as e:
            print(e.code, False)
"""
        link = await a.run(
            f"import os; os.path.lexists('way') or os.symlink('{room.folder}/students/{ben}/work', 'way')"
        )
        through = await a.ask("GET", "api/contents/way/secret.txt")
        return found, (await a.run(inside)).strip().splitlines(), link, through

    found, inside, link, through = tried
    assert all(status in (403, 404) and not seen for _, status, seen in found), found
    assert len(inside) == 8
    for line in inside:
        assert "True" not in line
        assert line.startswith(("403", "404", "401")) or "/hub/login" in line, line
    assert link.strip() in ("", "True")
    assert through.status_code in (403, 404, 500)
    assert "my answer" not in through.text


def test_a_student_who_takes_too_much_memory_stops_only_the_own_work(room):
    anna, ben, _ = room.names

    @visit(room, anna, ben)
    async def after(a, b):
        kernel = await a.run(
            "import subprocess, sys; print(subprocess.run([sys.executable, '-c', 'x = bytearray(10**9)']).returncode)"
        )
        return kernel, await b.run("print('still here')"), await a.run("print('so is the server')")

    killed, other, own = after
    assert killed.strip() in ("-9", "1")  # ended by the control group, or refused the memory where there is none
    assert other.strip() == "still here"
    assert own.strip() == "so is the server"


def test_02_runs_and_its_slider_moves_in_chromium_through_the_hub(room, page):
    choi = room.names[2]
    hub_room.expose_app(room, choi)
    page.goto(f"{room.base}/", wait_until="domcontentloaded")
    page.get_by_text("Sign in with the name and the code your teacher gave you.").wait_for()
    page.get_by_label("Username").fill(choi)
    page.get_by_label("Password").fill(room.codes[choi])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"**/user/{choi}/lab/tree/workbooks/00-start-here.ipynb", timeout=180_000)
    lab.open_and_run(page, f"{room.base}/user/{choi}", BOOK)
    lab.move_a_slider(page)
    assert page.seen.outside == []


def test_idle_servers_stop_with_all_that_runs_in_them_and_files_stay(room):
    anna = room.names[0]
    room.close()
    room.open("--idle", "12")
    uid = pwd.getpwnam(PREFIX + anna).pw_uid

    @visit(room, anna)
    async def left(pupil):
        await pupil.run(
            "import subprocess; subprocess.Popen(['setsid', 'sleep', '600']); open('kept.txt', 'w').write('kept')"
        )

    assert processes(uid)
    end = time.monotonic() + 90
    while processes(uid) and time.monotonic() < end:
        time.sleep(1)
    assert processes(uid) == []
    assert (room.folder / "students" / anna / "work" / "kept.txt").read_text() == "kept"
    assert (room.folder / "students" / anna / "work" / "workbooks" / "02-counting-the-hidden.ipynb").exists()


def processes(uid: int) -> list[str]:
    """The processes an account runs."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                if entry.stat().st_uid == uid:
                    found.append(entry.name)
            except FileNotFoundError:
                continue
    return found
