"""View names: the three readings of the data (light to import: the command line needs them)."""

ARTICLE, CHECKED, ALL = VIEWS = ("article", "checked", "all")
VALIDATED = (ARTICLE, CHECKED)  # whole; "all" holds contradictions on purpose
