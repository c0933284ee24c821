"""S3-style storage, used when a setting names a bucket (`FILES_BUCKET`)."""

from typing import Any

from boto3.exceptions import Boto3Error
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    """A bucket that fails as a disk does: with OSError."""

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        try:
            return str(super().save(name, content, max_length))
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise OSError(str(error)) from error

    def open(self, name: str, mode: str = "rb") -> Any:
        try:
            return super().open(name, mode)
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise OSError(str(error)) from error

    def delete(self, name: str) -> None:
        try:
            super().delete(name)
        except (Boto3Error, BotoCoreError, ClientError) as error:
            raise OSError(str(error)) from error
