# The image of the service `bi` in docker-compose.yml: Superset's locked environment; the project is mounted.
# Python 3.12 is the newest that Superset's packages have wheels for.
FROM python:3.12-slim

# The environment is compiled when it is installed, since nobody may write to it later.
ENV UV_COMPILE_BYTECODE=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PATH=/opt/sotinh-env/bin:$PATH

COPY setup.sh requirements-bootstrap.lock requirements-bi.lock /opt/sotinh-setup/
RUN PYTHON=python3 bash /opt/sotinh-setup/setup.sh /opt/sotinh-env requirements-bi.lock 12 \
    && useradd --create-home --uid 50000 sotinh \
    && install -d -o sotinh /data /bi

USER sotinh
WORKDIR /opt/sotinh
