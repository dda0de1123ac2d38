"""A bucket of one's own, on a server that speaks S3 and lives in this process."""

from __future__ import annotations

import functools
import os
import uuid

import pytest


@functools.cache
def _server() -> str:
    """The server's address; it runs until the tests end. Skips the test where moto is missing."""
    pytest.importorskip("s3fs", reason="pip install 'dreamfolio[s3]'")
    server = pytest.importorskip("moto.server", reason="pip install 'moto[server]'")
    running = server.ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    return f"http://{host}:{port}"


def new_bucket() -> str:
    """The name of an empty bucket, which s3fs finds as it would find an artist's own."""
    address = _server()
    # What s3fs and its kin read: nobody's real keys can be meant from here on.
    os.environ.update(
        AWS_ENDPOINT_URL=address,
        AWS_ACCESS_KEY_ID="testing",
        AWS_SECRET_ACCESS_KEY="testing",
        AWS_DEFAULT_REGION="us-east-1",
    )
    import s3fs

    name = f"dreams-{uuid.uuid4().hex}"
    s3fs.S3FileSystem(use_listings_cache=False).mkdir(name)
    return name
