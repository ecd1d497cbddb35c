# A kernel that has not run a chapter's first cell answers a later one in a sentence: see src/tumen/page/first.py.
c = get_config()  # noqa: F821
c.InteractiveShellApp.extensions.append("tumen.page.first")
