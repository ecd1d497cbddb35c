"""JupyterHub's settings: every one is a setting JupyterHub knows, and only the proxy is seen from outside."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import accounts
import jupyterhub.app
import jupyterhub.orm
import jupyterhub.proxy
import pytest
import signin
import spawner
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

ROOT = Path(__file__).parents[2]
CLASSES = {
    "JupyterHub": jupyterhub.app.JupyterHub,
    "ConfigurableHTTPProxy": jupyterhub.proxy.ConfigurableHTTPProxy,
    "Authenticator": signin.ClassAuthenticator,
    "ClassAuthenticator": signin.ClassAuthenticator,
    "Spawner": spawner.StudentSpawner,
    "StudentSpawner": spawner.StudentSpawner,
}


@pytest.fixture
def settings(monkeypatch) -> Config:
    """The settings for a server on port 8000."""
    given = {"": "/srv/tumen", "_CLASS": "class.txt", "_ADDRESS": "", "_PORT": "8000", "_MEMORY": "1G", "_CPU": "1"}
    for name, value in (given | {"_IDLE": "3600"}).items():
        monkeypatch.setenv(f"TUMEN_HUB{name}", value)
    return PyFileConfigLoader("jupyterhub_config.py", str(ROOT / "binder" / "hub")).load_config()


def test_every_setting_is_one_jupyterhub_knows(settings):
    assert set(settings) == set(CLASSES)
    for name, has in settings.items():
        known = CLASSES[name].class_traits(config=True)
        assert set(has) <= set(known), set(has) - set(known)


def test_the_proxy_alone_listens_at_a_port_and_all_else_at_sockets_in_folders_of_roots(settings):
    assert settings.JupyterHub.bind_url == "http://:8000"
    assert not {"hub_ip", "hub_port", "port"} & set(settings.JupyterHub)
    inside = {
        settings.JupyterHub.hub_bind_url: "/srv/tumen/run/hub.sock",  # students' servers ask the hub, all may come
        settings.JupyterHub.hub_connect_url: "/srv/tumen/run/hub.sock",
        settings.ConfigurableHTTPProxy.api_url: "/srv/tumen/state/proxy.sock",  # nobody but root enters the folder
    }
    for url, path in inside.items():
        assert url.startswith("http+unix://")
        assert unquote(urlsplit(url).netloc) == path
    assert "--KernelManager.transport=ipc" in settings.Spawner.args


def test_no_port_is_drawn_where_a_student_holds_them_all(settings, monkeypatch):
    def none_left():
        raise OSError("Address already in use")

    monkeypatch.setattr(jupyterhub.orm, "random_port", none_left)
    assert jupyterhub.objects.Server().port == spawner.NO_PORT
    assert jupyterhub.orm.Server(base_url="/user/anna/").port == spawner.NO_PORT


def test_the_address_of_a_socket_says_the_same_to_hub_and_proxy_whatever_the_folder_is_called():
    url = accounts.socket_url(Path("/srv/Tümen Two/run/hub.sock"))
    assert url == url.lower()  # a host knows no capitals
    assert unquote(urlsplit(url).hostname) == "/srv/Tümen Two/run/hub.sock"


def test_a_sign_in_lasts_a_day(settings):
    assert settings.JupyterHub.cookie_max_age_days == 1
    app = jupyterhub.app.JupyterHub(config=settings)
    assert app.oauth_token_expires_in == 24 * 3600
    assert settings.JupyterHub.tornado_settings["cookie_options"]["expires_days"] == 1


def test_nobody_is_let_in_but_by_the_class_list(settings):
    assert settings.Authenticator.allow_existing_users is False
    assert not {"allow_all", "allowed_users", "admin_users"} & set(settings.Authenticator)
    assert "admin_users" not in settings.JupyterHub
    scopes = {s for role in settings.JupyterHub.load_roles for s in role["scopes"]}
    assert scopes == {"list:users", "read:users", "read:servers", "delete:servers", "delete:users"}


def test_what_is_kept_lies_in_the_closed_folder(settings):
    state = Path("/srv/tumen/state")
    kept = [settings.JupyterHub.db_url.removeprefix("sqlite:///"), settings.JupyterHub.cookie_secret_file]
    kept += [
        settings.ClassAuthenticator.last_good,
        settings.ClassAuthenticator.codes_file,
        settings.ConfigurableHTTPProxy.pid_file,
    ]
    assert all(Path(k).is_relative_to(state) for k in kept)


def test_a_students_server_gets_nothing_of_the_administrators_environment(settings, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "/usr/lib/secret")
    monkeypatch.setenv("PATH", "/usr/games")

    class Account:
        system, work, run = "tumen-anna", Path("/w"), Path("/r")

    monkeypatch.setattr(spawner.StudentSpawner, "account", Account)
    env = spawner.StudentSpawner(config=settings).user_env(
        {"PATH": os.environ["PATH"], "PYTHONPATH": "/usr/lib/secret"}
    )
    assert env == {
        "USER": "tumen-anna",
        "HOME": "/w",
        "SHELL": "/bin/bash",
        "PATH": "/srv/tumen/env/bin:/usr/local/bin:/usr/bin:/bin",
        "JUPYTER_RUNTIME_DIR": "/r",
    }
