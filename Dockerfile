# The chat on a CPU, as a user without rights. Build: docker build -t yearbook-qa .
# Run: docker run -p 127.0.0.1:7860:7860 -v yearbook-data:/data -v /path/to/yearbooks:/yearbooks:ro yearbook-qa
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 HOME=/data XDG_CACHE_HOME=/data/cache
WORKDIR /app
COPY pyproject.toml constraints.txt README.md app.py ./
COPY rag rag
COPY embeddings embeddings
COPY eval eval
COPY data data
# With --build-arg PIP_EXTRA_INDEX_URL=… an index that has torch for CPUs alone keeps 4 GB of CUDA out.
ARG PIP_EXTRA_INDEX_URL
RUN pip install --constraint constraints.txt --editable '.[mcp]' \
    && useradd --uid 10001 --no-create-home --home-dir /data reader \
    && install -d -o reader -g reader /data
USER 10001
VOLUME /data
EXPOSE 7860
# The first start builds the model and the index.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m CMD ["python", "-c", "import urllib.request as r; r.build_opener(r.ProxyHandler({})).open('http://127.0.0.1:7860/healthz', timeout=4)"]
# 0.0.0.0 is the container's own: what reaches it is for `docker run -p` to say.
ENTRYPOINT ["python", "app.py", "--host", "0.0.0.0", "--index", "/data/index", "--feedback", "/data/feedback.jsonl", "--log-json"]
