# The image of docker-compose.yml: the locked environment; the project itself is mounted.
FROM python:3.12-slim

# The environment is compiled when it is installed, since nobody may write to it later.
ENV UV_COMPILE_BYTECODE=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PATH=/opt/sotinh-env/bin:$PATH

COPY setup.sh requirements-bootstrap.lock requirements-compose.lock /opt/sotinh-setup/
RUN PYTHON=python3 bash /opt/sotinh-setup/setup.sh /opt/sotinh-env requirements-compose.lock \
    && useradd --create-home --uid 50000 sotinh \
    && install -d -o sotinh /data /store /work /opt/airflow

USER sotinh
WORKDIR /opt/sotinh
