"""Lets tests and the bench share scrambler.py, whichever of them runs."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
