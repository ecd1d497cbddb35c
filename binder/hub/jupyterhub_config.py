"""JupyterHub's settings for one class on one machine. `serve.py` prepares the folder and sets what is read here."""

import os
import sys
from pathlib import Path

from accounts import socket_url
from classlist import ClassList
from signin import ClassAuthenticator, announcement
from spawner import StudentSpawner, draw_no_ports

c = get_config()  # noqa: F821 (JupyterHub gives it)

HUB = Path(os.environ["TUMEN_HUB"])
PORT = int(os.environ["TUMEN_HUB_PORT"])
IDLE = int(os.environ["TUMEN_HUB_IDLE"])
STATE, ENV = HUB / "state", HUB / "env"
TLS_KEY, TLS_CERT = os.environ.get("TUMEN_HUB_KEY", ""), os.environ.get("TUMEN_HUB_CERT", "")

# --- the network: the proxy alone listens at a port. Hub, proxy interface and students' servers are sockets in folders
# of root's, whose names nobody else can take: a port is whoever's is first ---
draw_no_ports()
c.JupyterHub.bind_url = f"{'https' if TLS_CERT else 'http'}://{os.environ['TUMEN_HUB_ADDRESS']}:{PORT}"
c.JupyterHub.ssl_key, c.JupyterHub.ssl_cert = TLS_KEY, TLS_CERT
c.JupyterHub.hub_bind_url = c.JupyterHub.hub_connect_url = socket_url(HUB / "run" / "hub.sock")
c.JupyterHub.hub_socket_mode = 0o666  # students' servers ask the hub who comes to them
c.ConfigurableHTTPProxy.api_url = socket_url(STATE / "proxy.sock")
c.ConfigurableHTTPProxy.command = [str(HUB / "proxy" / "node_modules" / ".bin" / "configurable-http-proxy")]
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.subdomain_host = os.environ.get("TUMEN_HUB_DOMAIN", "")

# --- what is kept: in a folder only the administrator reads ---
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.JupyterHub.cookie_max_age_days = 1  # a sign-in lasts a day
c.JupyterHub.tornado_settings = {"cookie_options": {"expires_days": 1}}

# --- who comes in ---
c.JupyterHub.authenticator_class = ClassAuthenticator
c.ClassAuthenticator.class_list = os.environ["TUMEN_HUB_CLASS"]
c.ClassAuthenticator.last_good = str(STATE / "class.json")
c.ClassAuthenticator.codes_file = str(STATE / "codes.json")
c.Authenticator.any_allow_config = True  # check_allowed reads the class list
c.Authenticator.allow_existing_users = False
c.Authenticator.auth_refresh_age = 5
members = ClassList(Path(os.environ["TUMEN_HUB_CLASS"]), STATE / "class.json")
c.JupyterHub.template_vars = {"announcement_login": lambda _user: announcement(members)}

# --- what a student gets ---
c.JupyterHub.spawner_class = StudentSpawner
c.StudentSpawner.students = str(HUB / "students")
c.StudentSpawner.environment_folder = str(ENV)
c.Spawner.cmd = [f"{ENV}/bin/python", f"{HUB}/hub/student.py", f"{HUB}/content", f"{ENV}/bin/jupyterhub-singleuser"]
c.Spawner.args = [
    "--KernelManager.transport=ipc",  # over TCP, whoever is on the machine could listen to a kernel's output
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.news_url=None",
    "--LanguageServerManager.autodetect=False",  # it asks npm where it keeps its programs, at each start
    "--MappingKernelManager.cull_connected=False",
    f"--MappingKernelManager.cull_idle_timeout={IDLE}",
]
c.Spawner.notebook_dir = "~"
c.Spawner.default_url = "/voila/render/workbooks/00-start-here.ipynb"
c.Spawner.mem_limit = os.environ["TUMEN_HUB_MEMORY"]
c.Spawner.cpu_limit = float(os.environ["TUMEN_HUB_CPU"])
c.Spawner.start_timeout = c.Spawner.http_timeout = 240  # a class that starts at once on few processors
c.Spawner.poll_interval = 5
c.Spawner.environment = {"JUPYTER_PREFER_ENV_PATH": "1", "MPLBACKEND": "agg"}
c.JupyterHub.allow_named_servers = False

# --- idle servers are stopped, their files stay; who is no longer in the class is out ---
told = {name: os.environ[name] for name in ("TUMEN_HUB", "TUMEN_HUB_CLASS", "TUMEN_HUB_IDLE")}
keeper = {"name": "keeper", "command": [sys.executable, f"{HUB}/hub/keeper.py"]}
c.JupyterHub.services = [keeper | {"environment": told | {"PYTHONPATH": f"{HUB}/hub"}}]
c.JupyterHub.load_roles = [
    {
        "name": "keeper",
        "scopes": ["list:users", "read:users", "read:servers", "delete:servers", "delete:users"],
        "services": ["keeper"],
    }
]
