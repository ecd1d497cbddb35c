"""The reader's view: a chapter as a page without code, served by JupyterLab's own server through Voilà."""


def _jupyter_server_extension_points() -> list[dict]:
    """Where the server finds what it loads; before Voilà, for extensions are loaded by name."""
    return [{"module": "tumen.reader.extension"}]
