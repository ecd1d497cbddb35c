"""`make hub` as a teacher runs it: students with a server of their own each, whom no neighbour can read, deny or pose as."""

import asyncio
import json
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import hub_room
import lab
import pytest
import signin
import spawner
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
    made = hub_room.Classroom(["anna", "00710002", "S.choi_3@students.example.org"])  # as rosters have them
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
            pupils = [Pupil(room.base, name, room.codes[name], room.source) for name in names]
            try:
                for pupil in pupils:
                    await pupil.sign_in()
                    await pupil.start_server()
                return await does(*pupils)
            finally:
                for pupil in pupils:
                    await pupil.web.aclose()

        return in_its_own_loop(inside(), room)

    return run


def in_its_own_loop(coroutine, room):
    def run():
        with room.network():
            return asyncio.run(coroutine)

    with ThreadPoolExecutor(1) as apart:  # the browser's driver has a loop running in this thread
        return apart.submit(run).result()


def test_who_has_no_code_or_anothers_does_not_come_in(room):
    anna, ben, _ = room.names

    async def tries():
        for name, code in ((anna, "aaaa-bbbb-cccc"), (anna, room.codes[ben]), ("root", room.codes[ben]), (ben, "")):
            async with Pupil(room.base, name, code) as pupil:
                with pytest.raises(Refused):
                    await pupil.sign_in()

    in_its_own_loop(tries(), room)


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
    assert mine.split() == [room.account(anna).system, str(room.folder / "students" / anna / "work"), "0o77"]
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
            f"__import__('os').listdir('{room.account(ben).run}')",
            f"__import__('os').listdir('{room.account(ben).place}')",
            f"__import__('os').listdir('{room.folder}/run')",
            f"open('{room.folder}/run/hub.sock.new', 'w')",
            f"__import__('os').remove('{room.folder}/run/hub.sock')",
            f"__import__('os').listdir('{room.folder}/students')",
            f"open('{home}/new.txt', 'w')",
            f"__import__('os').kill({pids.split()[1]}, 9)",
            f"open('/proc/{pids.split()[1]}/environ').read()",
            f"open('/proc/{pids.split()[1]}/root{home}/secret.txt').read()",
            f"__import__('os').listdir('/proc/{pids.split()[1]}/cwd')",
            f"open('/proc/{pids.split()[1]}/mem').read(1)",
            "__import__('os').setuid(0)",
        ]
        socket = f"{room.account(ben).run}/kernel-{session['kernel']['id']}-ipc-1"
        for way in (socket, room.account(ben).way, room.account(ben).socket, room.folder / "state" / "proxy.sock"):
            acts.append(f"import socket; socket.socket(socket.AF_UNIX).connect('{way}')")
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
        inside = f"""
import asyncio, os
from jupyterhub.httpclient import fetch
async def tries():
    hub = os.environ["JUPYTERHUB_API_URL"]
    for token in ("", os.environ["JUPYTERHUB_API_TOKEN"]):
        for url in (hub + "/users", hub + "/users/{ben}", hub + "/users/{ben}/server"):
            said = await fetch(url, raise_for_status=False, headers={{"Authorization": "token " + token}})
            print(said.status, "{ben}" in await said.text())
asyncio.run(tries())
"""
        link = await a.run(
            f"import os; os.path.lexists('way') or os.symlink('{room.folder}/students/{ben}/work', 'way')"
        )
        through = await a.ask("GET", "api/contents/way/secret.txt")
        run = f"import subprocess, sys; print(subprocess.run([sys.executable, '-c', {inside!r}], capture_output=True, text=True).stdout)"
        return found, (await a.run(run)).strip().splitlines(), link, through

    found, inside, link, through = tried
    assert all(status in (403, 404) and not seen for _, status, seen in found), found
    assert len(inside) == 6
    for line in inside:
        assert line.startswith(("403", "404", "401", "405")), line
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
    page.wait_for_url(f"**/user/{choi}/voila/render/workbooks/00-start-here.ipynb", timeout=180_000)
    lab.open_and_run(page, f"{room.base}/user/{choi}", BOOK)
    lab.move_a_slider(page)
    assert page.seen.outside == []


def test_a_server_that_ends_at_once_is_noticed_and_the_student_told(room):
    anna = room.names[0]
    in_its_own_loop(stopped(room, anna), room)
    settings = room.account(anna).work / ".jupyter" / "jupyter_server_config.py"
    settings.parent.mkdir(exist_ok=True)
    settings.write_text("raise SystemExit(3)")
    for path in (settings, settings.parent):
        os.chown(path, room.account(anna).uid, room.account(anna).gid)

    async def starts():
        async with Pupil(room.base, anna, room.codes[anna]) as pupil:
            await pupil.sign_in()
            said, end = (await pupil.web.get(f"{room.base}/hub/spawn")).text, time.monotonic() + 120
            while spawner.ENDED.partition(";")[0] not in said and time.monotonic() < end:
                said = (await pupil.web.get(f"{room.base}/hub/spawn-pending/{anna}")).text
                await asyncio.sleep(0.5)
            settings.unlink()
            return said

    assert spawner.ENDED.partition(";")[0] in in_its_own_loop(starts(), room)

    @visit(room, anna)
    async def again(pupil):
        return await pupil.run("print('at work again')")

    assert again.strip() == "at work again"


async def stopped(room, name):
    """End a student's server as its student does, and wait until nothing of it runs."""
    async with Pupil(room.base, name, room.codes[name]) as pupil:
        await pupil.sign_in()
        xsrf = {"X-XSRFToken": pupil._xsrf("/hub/")}
        await pupil.web.delete(f"{room.base}/hub/api/users/{name}/server", headers=xsrf)
        await until(lambda: not processes(room.account(name).uid))


async def until(holds, seconds=120):
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not (said := holds()):
        assert time.monotonic() < end, "it never held"
        await asyncio.sleep(0.2)
    return said


def test_a_new_code_ends_every_session_the_old_one_opened(room):
    anna = room.names[0]

    @visit(room, anna)
    async def ended(old):
        stolen = {"url": f"{room.base}/hub/home", "kernels": f"{old.user}/api/kernels"}
        before = [(await old.web.get(url)).url.path for url in stolen.values()]
        uid = room.account(anna).uid
        assert processes(uid)
        await asyncio.to_thread(room.new_code, anna)
        await until(lambda: not processes(uid))
        await until(lambda: f"{anna} is out" in room.log.read_text())
        async with Pupil(room.base, anna, room.codes[anna]) as new:
            for _ in range(100):
                try:
                    await new.sign_in()
                    break
                except Refused:  # told to try again in a few seconds
                    await asyncio.sleep(0.2)
            await new.start_server()
            answers = [await old.web.get(url) for url in stolen.values()]
            return before, [(a.status_code, a.url.path) for a in answers]

    before, after = ended
    assert before == ["/hub/home", f"/user/{anna}/api/kernels"]
    assert after[0][1] == "/hub/login"
    assert after[1][0] == 403


def test_a_slip_in_the_class_list_locks_nobody_out_and_who_is_struck_out_is_out_with_the_server(room):
    anna, ben, choi = room.names
    good = room.list.read_text()

    @visit(room, anna, ben)
    async def seen(a, b):
        room.list.write_text("anna b\n")
        await until(lambda: "the last good one holds" in room.log.read_text())
        page = (await a.web.get(f"{room.base}/hub/home")).url.path
        async with Pupil(room.base, choi, room.codes[choi]) as c:
            asked = (await c.web.get(f"{room.base}/hub/login")).text
            await c.sign_in()
        room.list.write_text(good.replace(ben, ""))
        await until(lambda: not processes(room.account(ben).uid))
        out = (await b.web.get(f"{room.base}/hub/home")).url.path
        try:
            return page, asked, out, processes(room.account(anna).uid)
        finally:
            room.list.write_text(good)

    page, asked, out, still = seen
    assert page == "/hub/home"
    assert signin.KEPT in asked.replace("&#39;", "'")
    assert out == "/hub/login"
    assert still


def test_no_code_and_no_name_typed_in_the_wrong_box_stands_in_the_log(room):
    anna, ben, _ = room.names
    typed = "my-own-secret-word"

    async def tries():
        for name, code in ((room.codes[anna], anna), (typed, room.codes[ben]), (ben, typed)):
            async with Pupil(room.base, name, code) as pupil:
                with pytest.raises(Refused):
                    await pupil.sign_in()

    in_its_own_loop(tries(), room)
    log = room.log.read_text().partition("JupyterHub is now running")[2]
    assert "Failed login" in log
    for secret in (typed, *(code for code in room.codes.values())):
        assert secret not in log


def test_whose_account_is_whose_is_roots_alone_to_read_and_stays_over_a_restart(room):
    table = room.folder / "state" / "accounts.json"
    known = json.loads(table.read_text())
    assert {room.account(name).system for name in room.names} == {known[name] for name in room.names}
    assert all(name not in Path("/etc/passwd").read_text() for name in room.names)
    room.close()
    room.open("--memory", "800M")
    assert {name: known[name] for name in room.names} == {
        name: json.loads(table.read_text())[name] for name in room.names
    }


def test_idle_servers_stop_with_all_that_runs_in_them_and_files_stay(room):
    anna = room.names[0]
    room.close()
    room.open("--idle", "12")
    uid = room.account(anna).uid

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


SQUATTER = """
import os, selectors, socket
def hold(free, mine):
    chosen, held = selectors.DefaultSelector(), 0
    with open(f"heard-{mine}.txt", "ab", 0) as heard:
        while True:
            for port in list(free):  # what is in use now is taken as soon as it is let go
                s = socket.socket()
                try:
                    s.bind(("127.0.0.1", port)); s.listen()
                except OSError:
                    s.close(); continue
                chosen.register(s, selectors.EVENT_READ); free.remove(port); held += 1
            open(f"held-{mine}.txt", "w").write(str(held))
            for key, _ in chosen.select(0.05):
                c, _ = key.fileobj.accept()
                c.settimeout(2)
                try:
                    heard.write(c.recv(65536)); c.sendall(b"HTTP/1.1 200 OK\\r\\nContent-Length: 8\\r\\n\\r\\nsquatted")
                except OSError:
                    pass
                c.close()
for mine in range(20):
    if os.fork() == 0:
        os.setsid()
        hold(list(range(1024 + mine, 65536, 20)), mine)
"""


def test_a_neighbour_who_holds_every_free_port_neither_stops_another_server_nor_hears_it(room):
    anna, ben, _ = room.names
    if shutil.which("unshare") is None:
        pytest.skip("a network of its own needs unshare")  # on the machine's own it would stop whatever else runs there
    room.close()
    room.open("--memory", "800M", apart=True)
    work = room.account(anna).work
    (work / "squatter.py").write_text(SQUATTER)
    (work / "squatter.py").chmod(0o644)

    async def squats():
        async with Pupil(room.base, anna, room.codes[anna]) as pupil:
            await pupil.sign_in()
            await pupil.start_server()
            await pupil.run(
                "import subprocess, sys; subprocess.Popen([sys.executable, 'squatter.py'], start_new_session=True)"
            )
            await until(lambda: len([p for p in work.glob("held-*.txt") if p.read_text() > ""]) == 20)

    in_its_own_loop(squats(), room)
    held = sum(int(p.read_text() or 0) for p in work.glob("held-*.txt"))
    assert held > 60_000

    @visit(room, ben)
    async def other(pupil):
        page = await pupil.web.get(f"{pupil.user}/lab")
        said = await pupil.run("import os; print(os.environ['JUPYTERHUB_API_TOKEN'])")
        cookies = [c.value for c in pupil.web.cookies.jar]
        return page, said.strip(), cookies

    page, token, cookies = other
    assert page.status_code == 200
    assert "squatted" not in page.text
    assert "jupyterlab" in page.text.lower()
    heard = b"".join(p.read_bytes() for p in work.glob("heard-*.txt"))
    assert len(token) > 20
    for secret in (token, *(c for c in cookies if len(c) > 20)):
        assert secret.encode() not in heard
    assert heard == b""  # hub, proxy and servers say nothing at any port of this network


def test_a_way_laid_to_another_socket_leads_nowhere(room):
    """A student who puts a link where the own socket was sends nobody elsewhere: the proxy's way is not the student's."""
    anna, ben, _ = room.names

    @visit(room, anna, ben)
    async def seen(a, b):
        laid = await a.run(
            f"import os; s = {str(room.account(anna).socket)!r}; os.remove(s); os.symlink('{room.folder}/run/hub.sock', s)"
        )
        through = await a.ask("GET", "api/status")
        refused = await a.run(f"import os; os.remove({str(room.account(anna).way)!r})")
        return laid, through, refused

    laid, through, refused = seen
    assert laid.strip() == ""
    assert through.status_code == 200
    assert through.json()["started"]
    assert refused.startswith("PermissionError")
