"""The command line: one module for each family of commands."""

from kzun_graph.cli.main import cli, main

__all__ = ["cli", "main"]
