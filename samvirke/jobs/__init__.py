"""Work that is done later, and work that is done again and again. README.md says how."""

from samvirke.jobs.queue import later, task
from samvirke.jobs.sweeps import sweep

__all__ = ["later", "sweep", "task"]
