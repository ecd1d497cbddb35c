"""What the command `tumen` can do, a file for each family of subcommands."""
