"""``python -m kzun_graph``: the same as the command ``kzun``."""

from kzun_graph.cli import main

main()
