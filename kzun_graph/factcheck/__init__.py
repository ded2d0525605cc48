"""The fact-check of the article: what other sources say of each claim, as a report."""

from kzun_graph.factcheck.model import Check, FactCheck, Review, Statement, Verdict, counts

__all__ = ["Check", "FactCheck", "Review", "Statement", "Verdict", "counts"]
