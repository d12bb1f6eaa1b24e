"""What can go wrong with models and indexes. Every message names the thing, what is wrong with it, and the cure."""


class ProjectError(Exception):
    """An error a user can do something about: the edges print its message as one line, never a traceback."""


class ModelError(ProjectError):
    """The embedding model can't be built, found or loaded."""


class IndexMissing(ProjectError):
    """There is no index in the folder."""


class IndexDamaged(ProjectError):
    """A file of the index is missing, cut short or not what its checksum says."""


class IndexMismatch(ProjectError):
    """The index was made with another model, other settings or another format version."""


class IndexBusy(ProjectError):
    """Another refresh holds the index folder."""


class IndexUnwritable(ProjectError):
    """The index folder can't be written: read-only, full, or not a folder for an index."""


class StoreUnreachable(ProjectError):
    """The server that keeps the index doesn't answer, or its client is not installed."""
