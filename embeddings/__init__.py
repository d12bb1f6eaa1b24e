"""Text to vectors, and vectors kept on disk: the model, the index folder, the refresh."""

import os

# Spinning OpenMP threads slow a question ten- to fortyfold when both cores are busy; this has to be set
# before torch or faiss load. The look-ups are switched off because the project works without a model hub.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
