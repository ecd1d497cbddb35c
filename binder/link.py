"""Print the links that open your own notebooks beside Tumen: on Binder and on a class server.

python3 binder/link.py OWNER/REPOSITORY https://github.com/YOU/CONTENT week-1.ipynb [http://SERVER:8000]
"""

import sys
from urllib.parse import quote, urlencode

BINDER = "https://mybinder.org/v2/gh"
VIEW = "voila/render"  # the reader's view; `lab/tree` opens JupyterLab


def pull(repository: str, notebook: str, branch: str = "main") -> str:
    """The part that brings a repository along and opens a notebook of it."""
    folder = repository.rstrip("/").rsplit("/", 1)[-1].removesuffix(".git")
    return "git-pull?" + urlencode({"repo": repository, "branch": branch, "urlpath": f"{VIEW}/{folder}/{notebook}"})


def on_binder(tumen: str, repository: str, notebook: str) -> str:
    """The link on Binder, where `tumen` is the OWNER/REPOSITORY that holds this copy of Tumen."""
    return f"{BINDER}/{tumen}/main?urlpath={quote(pull(repository, notebook), safe='')}"


def on_server(server: str, repository: str, notebook: str) -> str:
    """The link on a class server."""
    return f"{server.rstrip('/')}/hub/user-redirect/{pull(repository, notebook)}"


if __name__ == "__main__":
    if len(sys.argv) not in (4, 5):
        sys.exit((__doc__ or "").strip())
    print(on_binder(*sys.argv[1:4]))
    if len(sys.argv) == 5:
        print(on_server(sys.argv[4], *sys.argv[2:4]))
