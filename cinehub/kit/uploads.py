"""Files that visitors send."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest


class Bounded(FileUploadHandler):
    """One that is too large is let go while it comes; the rest of its form is still read."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > settings.UPLOAD_AT_MOST:
            self.request.is_upload_too_large = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The next handler has it."""


def was_too_large(request: HttpRequest) -> bool:
    """Asked once the form was read."""
    return getattr(request, "is_upload_too_large", False)
