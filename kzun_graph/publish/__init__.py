"""Publish: what other communities expect of a dataset, in the forms that they use."""
