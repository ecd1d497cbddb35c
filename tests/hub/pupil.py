"""A student at a class server, without a browser: signs in, starts the server, runs a notebook, moves its sliders."""

from __future__ import annotations

import asyncio
import json
import time
import uuid

import httpx
import nbformat
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect


class Refused(Exception):
    """The server did not let the student in."""


class Pupil:
    """One student's visit; use as `async with`. `user` is the path of the student's own server, `source` the address to come from."""

    def __init__(self, base: str, name: str, code: str, source: str | None = None):
        self.base, self.name, self.code, self.source = base, name, code, source
        self.user = f"{base}/user/{name}"
        way = httpx.AsyncHTTPTransport(local_address=source)
        self.web = httpx.AsyncClient(follow_redirects=True, timeout=300, trust_env=False, transport=way)

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        await self.web.aclose()

    def _xsrf(self, path: str) -> str:
        fitting = [c for c in self.web.cookies.jar if c.name == "_xsrf" and path.startswith(c.path)]
        return max(fitting, key=lambda c: len(c.path)).value

    async def sign_in(self) -> None:
        """Sign in with name and code; raises `Refused`."""
        await self.web.get(f"{self.base}/hub/login")
        form = {"username": self.name, "password": self.code, "_xsrf": self._xsrf("/hub/")}
        answer = await self.web.post(f"{self.base}/hub/login?next=%2Fhub%2Fhome", data=form)
        if answer.status_code != 200 or not str(answer.url).endswith("/hub/home"):
            raise Refused(f"{self.name}: {answer.status_code} at {answer.url}")

    async def start_server(self, seconds: float = 300) -> None:
        """Start the student's server and wait until JupyterLab's page comes."""
        await self.web.get(f"{self.base}/hub/spawn")
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            page = await self.web.get(f"{self.user}/lab")
            if page.status_code == 200 and "/hub/" not in str(page.url):
                return
            await asyncio.sleep(2)  # a browser is told by the hub; asking often would itself be a load
        raise Refused(f"{self.name}: no server after {seconds} seconds, at {page.url}")

    async def ask(self, method: str, path: str, **given) -> httpx.Response:
        """A request to the student's own server, or to another's where `path` is a whole address."""
        url = path if path.startswith("http") else f"{self.user}/{path}"
        return await self.web.request(method, url, headers={"X-XSRFToken": self._xsrf(f"/user/{self.name}/")}, **given)

    async def notebook(self, path: str) -> Notebook:
        """Open a notebook: its session, its kernel and the socket to it."""
        content = (await self.ask("GET", f"api/contents/{path}")).raise_for_status().json()["content"]
        asked = {"path": path, "name": path, "type": "notebook", "kernel": {"name": "python3"}}
        session = (await self.ask("POST", "api/sessions", json=asked)).raise_for_status().json()
        url = f"{self.user.replace('http', 'ws', 1)}/api/kernels/{session['kernel']['id']}/channels"
        request = self.web.build_request("GET", f"{self.user}/api/kernels")
        cookie = request.headers["Cookie"]
        socket = await websocket_connect(
            HTTPRequest(url, headers={"Cookie": cookie}, request_timeout=300, network_interface=self.source),
            max_message_size=2**27,
        )
        return Notebook(socket, nbformat.from_dict(content))

    async def run(self, code: str) -> str:
        """Run code in a fresh kernel of the student's; what it printed, or the name and words of its error."""
        asked = {"path": f"scratch-{uuid.uuid4().hex}", "type": "console", "name": "", "kernel": {"name": "python3"}}
        session = (await self.ask("POST", "api/sessions", json=asked)).raise_for_status().json()
        url = f"{self.user.replace('http', 'ws', 1)}/api/kernels/{session['kernel']['id']}/channels"
        request = self.web.build_request("GET", f"{self.user}/api/kernels")
        socket = await websocket_connect(
            HTTPRequest(url, headers={"Cookie": request.headers["Cookie"]}, network_interface=self.source)
        )
        kernel = Notebook(socket, None)
        try:
            return await kernel.execute(code)
        finally:
            kernel.close()
            await self.ask("DELETE", f"api/sessions/{session['id']}")


class Notebook:
    """A notebook's kernel: executes cells, and keeps what its widgets are so that they can be moved."""

    def __init__(self, socket, content):
        self.socket, self.content = socket, content
        self.widgets: dict[str, dict] = {}
        self.bytes = 0
        self.session = uuid.uuid4().hex

    async def _send(self, kind: str, content: dict) -> str:
        made = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": self.session, "version": "5.4"}
        made["date"] = "2026-01-01T00:00:00Z"
        message = {"header": made, "parent_header": {}, "metadata": {}, "content": content, "buffers": []}
        await self.socket.write_message(json.dumps(message | {"channel": "shell"}))
        return made["msg_id"]

    async def _answers(self, request: str, seconds: float = 300):
        """The messages that answer a request, until the kernel is idle again."""
        end = time.monotonic() + seconds
        while True:
            raw = await asyncio.wait_for(self.socket.read_message(), end - time.monotonic())
            if raw is None:
                raise ConnectionError("the kernel's socket was closed")
            self.bytes += len(raw)
            if isinstance(raw, bytes):  # binary buffers follow; the JSON is the first part
                count = int.from_bytes(raw[:4], "big")
                first = int.from_bytes(raw[4:8], "big")
                last = int.from_bytes(raw[8:12], "big") if count > 1 else len(raw)
                raw = raw[first:last]
            message = json.loads(raw)
            kind, content = message["msg_type"], message["content"]
            if kind == "comm_open" and "state" in content.get("data", {}):
                self.widgets[content["comm_id"]] = content["data"]["state"]
            elif kind == "comm_msg" and content["data"].get("method") == "update":
                self.widgets.setdefault(content["comm_id"], {}).update(content["data"]["state"])
            if message["parent_header"].get("msg_id") != request:
                continue
            yield message
            if kind == "status" and content["execution_state"] == "idle":
                return

    async def execute(self, code: str) -> str:
        """Run code; what it printed and its last value, or its error."""
        asked = {"code": code, "silent": False, "store_history": True, "allow_stdin": False, "stop_on_error": True}
        request = await self._send("execute_request", asked)
        said = []
        async for message in self._answers(request):
            content = message["content"]
            if message["msg_type"] == "stream":
                said.append(content["text"])
            elif message["msg_type"] == "execute_result":
                said.append(content["data"].get("text/plain", ""))
            elif message["msg_type"] == "error":
                said.append(f"{content['ename']}: {content['evalue']}")
        return "".join(said)

    async def run_all(self) -> None:
        """Run every code cell in order; raises where one fails."""
        for cell in self.content.cells:
            if cell.cell_type == "code" and cell.source.strip():
                said = await self.execute(cell.source)
                if said.split(":")[0].endswith("Error"):
                    raise RuntimeError(f"{cell.source}\n{said}")

    def find(self, model: str, **state) -> list[str]:
        """The widgets of a model name whose state holds these values."""
        return [
            key
            for key, has in self.widgets.items()
            if has.get("_model_name") == model and all(has.get(k) == v for k, v in state.items())
        ]

    async def tell(self, widget: str, data: dict) -> list[dict]:
        """Send a widget a message as the page would; the states that were changed in answer."""
        request = await self._send("comm_msg", {"comm_id": widget, "data": data})
        changed = []
        async for message in self._answers(request):
            if message["msg_type"] == "comm_msg" and message["content"]["data"].get("method") == "update":
                changed.append(message["content"]["data"]["state"])
        return changed

    async def click(self, widget: str) -> None:
        """Click a button."""
        await self.tell(widget, {"method": "custom", "content": {"event": "click"}})

    async def move(self, slider: str, value: float) -> tuple[float, list[dict]]:
        """Move a slider: seconds until the kernel has answered, and what it changed on the page."""
        start = time.monotonic()
        changed = await self.tell(slider, {"method": "update", "state": {"value": value}, "buffer_paths": []})
        return time.monotonic() - start, changed

    def close(self) -> None:
        """Close the socket."""
        self.socket.close()
