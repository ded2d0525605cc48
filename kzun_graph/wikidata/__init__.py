"""Wikidata: ask it, or a server of its shape, about our links; nothing here writes a link."""
