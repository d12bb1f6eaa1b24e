"""What can go wrong between a yearbook's text and an answer."""

from embeddings.errors import ProjectError

__all__ = ["CorpusError", "ProjectError", "QuestionError", "SettingsError"]


class CorpusError(ProjectError):
    """A corpus path is not there, is empty, or can't be read as text."""


class QuestionError(ProjectError):
    """A question, or a line of a question file, can't be understood as one."""


class SettingsError(ProjectError):
    """A setting is unknown or has a value it can't have."""
