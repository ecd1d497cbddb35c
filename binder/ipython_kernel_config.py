import os
import sys

# A kernel that has not run a chapter's first cell answers a later one in a sentence: see src/tumen/page/first.py.
c = get_config()  # noqa: F821
c.InteractiveShellApp.extensions.append("tumen.page.first")
# The history of what was run is written in one go, at the latest at a kernel's end: a write after each cell takes two hundredths of opening a
# chapter, and thirty accounts of a class write to one disk. In the notebook nothing is missing from it meanwhile.
c.HistoryManager.db_cache_size = 64
# Nobody debugs on a page without cells: the debugger's modules cost each of its kernels a fifth of its start and memory.
if "VOILA_BASE_URL" in os.environ:
    sys.modules.setdefault("debugpy", None)
