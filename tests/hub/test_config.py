"""JupyterHub's settings: every one is a setting JupyterHub knows, and only the proxy is seen from outside."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import jupyterhub.app
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


def test_only_the_proxy_listens_outside_loopback(settings):
    assert settings.JupyterHub.bind_url == "http://:8000"
    assert urlsplit(settings.ConfigurableHTTPProxy.api_url).hostname == "127.0.0.1"
    assert "hub_ip" not in settings.JupyterHub  # JupyterHub's own: loopback
    assert jupyterhub.app.JupyterHub().hub_ip == "127.0.0.1"
    assert "--KernelManager.transport=ipc" in settings.Spawner.args


def test_nobody_is_let_in_but_by_the_class_list(settings):
    assert settings.Authenticator.allow_existing_users is False
    assert not {"allow_all", "allowed_users", "admin_users"} & set(settings.Authenticator)
    assert "admin_users" not in settings.JupyterHub
    scopes = {s for role in settings.JupyterHub.load_roles for s in role["scopes"]}
    assert scopes == {"list:users", "read:users:activity", "read:servers", "delete:servers"}


def test_what_is_kept_lies_in_the_closed_folder(settings):
    state = Path("/srv/tumen/state")
    kept = [settings.JupyterHub.db_url.removeprefix("sqlite:///"), settings.JupyterHub.cookie_secret_file]
    kept += [settings.ClassAuthenticator.codes_file, settings.ConfigurableHTTPProxy.pid_file]
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
