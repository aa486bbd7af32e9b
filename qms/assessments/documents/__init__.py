"""What is printed of a self-assessment."""

from .report import assessment_report, report_of

__all__ = ["assessment_report", "report_of"]
