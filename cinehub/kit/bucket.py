"""Files in an S3-compatible store; only imported where one is named."""

from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

FAILURES = (Boto3Error, BotoCoreError, ClientError)
NOT_FOUND = {"404", "NoSuchKey"}


class BucketStorage(S3Storage):
    """Fails as a disk does, so that who reads and writes need not know which it is."""

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {
            "file_overwrite": True,
            "default_acl": None,
            # A store that is away must not hold a page.
            "client_config": Config(
                connect_timeout=2,
                read_timeout=5,
                retries={"max_attempts": 2},
                max_pool_connections=50,
            ),
        }

    def _open(self, name: str, mode: str = "rb") -> "ContentFile[bytes]":
        """Whole, by one request: what is kept here is small."""
        try:
            body = self.bucket.Object(self._normalize_name(name)).get()["Body"]
            return ContentFile(body.read(), name)
        except ClientError as error:
            if error.response["Error"]["Code"] in NOT_FOUND:
                raise FileNotFoundError(name) from None
            raise OSError(str(error)) from error
        except FAILURES as error:
            raise OSError(str(error)) from error

    def _save(self, name: str, content: Any) -> str:
        try:
            return str(super()._save(name, content))
        except FAILURES as error:
            raise OSError(str(error)) from error

    def exists(self, name: str) -> bool:
        try:
            return bool(super().exists(name))
        except FAILURES as error:
            raise OSError(str(error)) from error

    def delete(self, name: str) -> None:
        try:
            super().delete(name)
        except FAILURES as error:
            raise OSError(str(error)) from error
