"""A wheel carries the store of pictures where this clone has filled one (`make env`); any other build goes without."""

from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Hook(BuildHookInterface):
    """Adds ./store to a wheel that is no editable one."""

    def initialize(self, version, build_data):
        """Name the folder to take along."""
        store = Path(self.root, "store")
        if version == "standard" and store.is_dir():
            build_data["force_include"][str(store)] = "tumen/_store"
