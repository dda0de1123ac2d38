"""PyTorch as the backend."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch

from dreamfolio.dream.backend.adapter import Argument
from dreamfolio.dream.backend.memory import OutOfMemory

# Graphics cards shorten the factors of a float32 product to 10 digits unless they are told not to:
# who asks for float32 means it.
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False

# What CUDA and Metal say, and what the CPU's allocator says.
_OUT_OF_MEMORY = ("out of memory", "you tried to allocate")


class Torch:
    """See ``Backend``."""

    compiles_each_size = False

    def compile(self, function: Callable[..., Any], *arguments: Argument) -> Callable[..., Any]:
        def run(*values: Any) -> Any:
            try:
                with torch.no_grad():
                    return function(*values)
            except RuntimeError as error:
                if not any(words in str(error) for words in _OUT_OF_MEMORY):
                    raise
                raise OutOfMemory from error

        return run

    def gradient(self, objective: Callable[[Any], Any], picture: Any) -> Any:
        with torch.enable_grad():
            picture = picture.detach().requires_grad_()
            (gradient,) = torch.autograd.grad(objective(picture), picture)
        return gradient
