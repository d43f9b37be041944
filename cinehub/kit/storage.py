"""Files on this machine's disk."""

from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.files.storage import FileSystemStorage


class WholeFileStorage(FileSystemStorage):
    """A file gets its name when it is whole, so that nobody ever reads half of one."""

    def _save(self, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as part:
            written = Path(part.name)
            try:
                for chunk in content.chunks():
                    part.write(chunk)
                # The last of it may be what there is no room for.
                part.flush()
            except OSError:
                written.unlink()
                raise
        written.chmod(self.file_permissions_mode or 0o644)
        written.replace(path)
        return name
