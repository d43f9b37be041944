"""Files in an S3-compatible store, by way of a server that speaks its language."""

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.config import Config
from django.core.files.base import ContentFile
from moto.server import ThreadedMotoServer

from catalog.mirror import shelf
from catalog.models import PictureFile
from cinehub.kit.bucket import BucketStorage

BUCKET = "pictures-of-a-test"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    there = boto3.resource("s3", endpoint_url=server, region_name="us-east-1").Bucket(BUCKET)
    there.create()
    yield there
    there.objects.delete()
    there.delete()


@pytest.fixture
def store(server: str, bucket: Any) -> BucketStorage:
    return BucketStorage(bucket_name=BUCKET, endpoint_url=server, region_name="us-east-1")


@pytest.fixture
def away(bucket: Any) -> BucketStorage:
    """A store where nobody listens."""
    never = Config(connect_timeout=0.1, read_timeout=0.1, retries={"max_attempts": 0})
    return BucketStorage(
        bucket_name=BUCKET,
        endpoint_url="http://127.0.0.1:9",
        region_name="us-east-1",
        client_config=never,
    )


def test_what_is_put_there_is_there(store: BucketStorage) -> None:
    assert not store.exists("pictures/ab/a.webp")
    assert store.save("pictures/ab/a.webp", ContentFile(b"a picture")) == "pictures/ab/a.webp"
    assert store.exists("pictures/ab/a.webp")
    with store.open("pictures/ab/a.webp") as file:
        assert file.read() == b"a picture"
    store.delete("pictures/ab/a.webp")
    assert not store.exists("pictures/ab/a.webp")


def test_what_is_not_there_is_missing_as_a_file_is(store: BucketStorage) -> None:
    with pytest.raises(FileNotFoundError):
        store.open("pictures/ab/none.webp")


def test_the_same_put_there_twice_is_one(store: BucketStorage, bucket: Any) -> None:
    for _ in range(2):
        assert store.save("a.webp", ContentFile(b"a")) == "a.webp"
    assert len(list(bucket.objects.all())) == 1


def test_it_lists_what_is_in_a_folder(store: BucketStorage) -> None:
    store.save("pictures/ab/a.webp", ContentFile(b"a"))
    assert store.listdir("pictures") == (["ab"], [])
    assert store.listdir("pictures/ab") == ([], ["a.webp"])


@pytest.mark.parametrize(
    "act",
    [
        lambda store: store.exists("a"),
        lambda store: store.open("a"),
        lambda store: store.save("a", ContentFile(b"a")),
        lambda store: store.delete("a"),
    ],
    ids=["exists", "open", "save", "delete"],
)
def test_a_store_that_is_away_fails_as_a_disk_does(away: BucketStorage, act: Any) -> None:
    with pytest.raises(OSError, match="connect"):
        act(away)


def test_a_store_that_refuses_fails_as_a_disk_does(store: BucketStorage, bucket: Any) -> None:
    bucket.objects.delete()
    store.bucket_name = "somebody-elses"
    with pytest.raises(OSError, match=r"NoSuchBucket|AccessDenied|does not exist"):
        store.save("a", ContentFile(b"a"))


@pytest.mark.django_db
def test_pictures_are_kept_there_and_served_from_there(
    store: BucketStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "default_storage", store)
    digest = shelf.put(b"a picture")
    assert shelf.read(digest) == b"a picture"
    assert shelf.put(b"a picture") == digest
    shelf.drop(digest)
    assert shelf.read(digest) is None
    assert not PictureFile.objects.exists()
