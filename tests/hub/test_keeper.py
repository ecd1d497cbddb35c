"""The hub's helper: idle servers are stopped; who is struck out, or has a new code, is out with every session."""

import asyncio
from datetime import UTC, datetime

import pytest
from classlist import ClassList, Codes
from keeper import PAGE, Keeper, moment

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC).timestamp()


def when(ago: float) -> str:
    return datetime.fromtimestamp(NOW - ago, UTC).isoformat().replace("+00:00", "Z")


class Hub:
    """The users a hub has, and what it was asked to do."""

    def __init__(self, *users):
        self.users, self.done = list(users), []

    async def __call__(self, method, path):
        if method == "GET":
            start = int(path.partition("offset=")[2].partition("&")[0])
            return self.users[start : start + PAGE]
        self.done.append(f"{method} {path}")
        return None


def user(name, created=3600, idle=None, ready=True):
    server = {"ready": ready, "last_activity": when(idle), "started": when(idle)} if idle is not None else None
    return {"name": name, "created": when(created), "servers": {"": server} if server else {}}


@pytest.fixture
def keeper(tmp_path):
    """A keeper for anna and a long list of others."""

    def make(hub, names=("anna", "ben@example.org")):
        (tmp_path / "class.txt").write_text("\n".join(names))
        return Keeper(hub, ClassList(tmp_path / "class.txt"), Codes(tmp_path / "codes.json"), 600)

    return make


def rounds(keeper, count):
    for _ in range(count):
        asyncio.run(keeper.round(NOW))


def test_an_idle_server_is_stopped_and_no_other(keeper):
    hub = Hub(user("anna", idle=601), user("ben@example.org", idle=599))
    rounds(keeper(hub), 1)
    assert hub.done == ["DELETE users/anna/server"]
    hub = Hub(user("anna", idle=601, ready=False), user("ben@example.org"))
    rounds(keeper(hub), 1)
    assert hub.done == []


def test_who_is_struck_out_is_out_once_missing_twice_as_a_list_may_be_half_written(keeper):
    hub = Hub(user("anna"), user("ben@example.org"))
    keeping = keeper(hub, ["anna"])
    rounds(keeping, 1)
    assert hub.done == []
    keeping.members.path.write_text("anna\nben@example.org\n")
    rounds(keeping, 1)
    keeping.members.path.write_text("anna\n")
    rounds(keeping, 1)
    assert hub.done == []
    rounds(keeping, 1)
    assert hub.done == ["DELETE users/ben%40example.org"]


def test_a_slip_in_the_list_puts_nobody_out(keeper):
    hub = Hub(user("anna"), user("ben@example.org"))
    keeping = keeper(hub)
    rounds(keeping, 1)
    keeping.members.path.write_text("")
    rounds(keeping, 3)
    assert hub.done == []


def test_who_came_in_before_the_code_was_given_is_out_at_once(keeper):
    hub = Hub(user("anna", created=-(10**9)), user("ben@example.org", created=3600))
    keeping = keeper(hub)
    rounds(keeping, 1)
    assert hub.done == []
    keeping.codes.issue(["anna", "ben@example.org"])
    rounds(keeping, 1)
    assert hub.done == ["DELETE users/ben%40example.org"]


def test_a_class_of_any_size_is_looked_at(keeper):
    hub = Hub(*(user(f"s{n}", idle=601) for n in range(2 * PAGE + 1)))
    rounds(keeper(hub, [f"s{n}" for n in range(2 * PAGE + 1)]), 1)
    assert len(hub.done) == 2 * PAGE + 1


def test_times_are_read_as_the_hub_writes_them():
    assert moment("2026-11-27T09:00:00Z") == moment("2026-11-27T09:00:00.000000Z") == NOW
    assert moment(None) == 0
