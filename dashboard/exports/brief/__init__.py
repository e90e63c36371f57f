"""The siting plan as a Word document, as offices write them."""

from dashboard.exports.brief.brief_file import BRIEF_TYPE, brief_file

__all__ = ["BRIEF_TYPE", "brief_file"]
