"""Which files the page's components touch: those that came as uploads, whatever a value names."""

from __future__ import annotations

from pathlib import Path

import gradio as gr
from gradio.blocks import Block
from gradio.utils import abspath, is_in_or_equal
from gradio_client.utils import is_http_url_like

_move = Block.move_resource_to_block_cache
_move_async = Block.async_move_resource_to_block_cache


def keep_to_uploads() -> None:
    """For all components of this process. Gradio itself would fetch any address that a value names, from whoever it
    comes, and copy any file of the working folder and of the system's folder for temporary ones to where it serves."""
    setattr(Block, _move.__name__, _own)
    setattr(Block, _move_async.__name__, _own_async)


def _own(self: Block, named: str | Path | None) -> str | None:
    _check(self, named)
    return _move(self, named)


async def _own_async(self: Block, named: str | Path | None) -> str | None:
    _check(self, named)
    return await _move_async(self, named)


def _check(block: Block, named: str | Path | None) -> None:
    """Raises gr.Error, which whoever sent the value is told."""
    if named is not None and (is_http_url_like(str(named)) or not is_in_or_equal(abspath(named), block.GRADIO_CACHE)):
        raise gr.Error("a value names a file that is no upload", print_exception=False)
