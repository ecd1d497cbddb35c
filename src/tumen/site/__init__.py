"""Reading copies: every workbook as a page that needs no kernel, no network and no JavaScript to be read."""

from tumen.site.build import build

__all__ = ["build"]
