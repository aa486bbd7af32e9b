"""What letters about results say; read as a whole when somebody asks for the kinds."""

from . import press, results

__all__ = ["press", "results"]
