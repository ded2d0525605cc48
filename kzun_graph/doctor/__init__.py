"""Doctor: which stored queries an engine answers otherwise than the engine in memory, and why."""

from kzun_graph.doctor.diagnosis import Diagnosis, Finding, examine

__all__ = ["Diagnosis", "Finding", "examine"]
