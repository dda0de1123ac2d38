"""Reading from a connection until a moment, and not only until nothing comes for a while."""

from __future__ import annotations

import math
import socket
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class DeadlineReader(socket.SocketIO):
    """Raises ``TimeoutError`` at ``deadline`` (of ``time.monotonic``), and where nothing comes for
    ``patience`` seconds."""

    def __init__(self, connection: socket.socket, patience: float):
        super().__init__(connection, "r")
        self._connection = connection
        self._patience = patience
        self.deadline = math.inf

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        """What came, into ``buffer``; how many bytes it was."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(min(left, self._patience))
        try:
            return super().readinto(buffer)
        finally:
            self._connection.settimeout(self._patience)
