"""Engines: where a view is kept and asked: in memory, on disk, in rdflib, or on a server."""
