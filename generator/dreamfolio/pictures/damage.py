"""Why a picture could not be read, in words its artist understands."""

from __future__ import annotations

import errno
from pathlib import Path

from dreamfolio.errors import PictureError, Place, reason
from dreamfolio.pictures.foreign import foreign
from dreamfolio.pictures.opened import opened
from dreamfolio.pictures.refused import Refused

_EXPORT = "export it again"
_EXPORT_AGAIN = "export or copy it again, or take it out of the collection"


def picture_error(path: Path, error: Exception) -> PictureError:
    """What was raised on reading ``path``, as an error a user can understand."""
    message, mend = _explain(path, error)
    return PictureError(message, place=Place(path), mend=mend)


def _explain(path: Path, error: Exception) -> tuple[str, str]:
    from PIL import UnidentifiedImageError

    match error:
        case Refused():
            return error.args[0], error.args[1]
        case FileNotFoundError() if path.is_symlink():
            return "is a link to nowhere", "put back what it leads to, or take the link out"
        case FileNotFoundError():
            return "there is no such picture", "put it back, or take it out of the manifest"
        case IsADirectoryError():
            return "is a folder, not a picture", "rename the folder"
        case PermissionError():
            return "cannot be read (permission denied)", "make the file readable"
        case OSError(errno=errno.ELOOP):
            return "is a link that leads back to itself", "take it out of the collection"
        case OSError(errno=int()):
            return f"cannot be read ({reason(error)})", "try again, or copy it here again"
        case ValueError() if "MAX_TEXT" in str(error):
            return "holds more text than a picture has use for", f"{_EXPORT}, without its metadata"
        case MemoryError():
            return "there is not enough memory to decode it", "export it smaller"
    head = _head(path)
    if not head:
        return "is empty (0 bytes)", _EXPORT_AGAIN
    if known := foreign(head):
        what, mend = known
        return f"is {what}, whatever its name says", mend
    if isinstance(error, UnidentifiedImageError):
        return "is not a picture that dreamfolio can read, or its header is damaged", _EXPORT_AGAIN
    return f"is damaged or cut short ({reason(error)})", _EXPORT_AGAIN


def _head(path: Path) -> bytes:
    try:
        with opened(path) as file:
            return file.read(512)
    except (OSError, Refused):
        return b"?"
