# syntax=docker/dockerfile:1.7
FROM python:3.13.5-slim-bookworm AS build
ENV PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/portal
COPY requirements.txt ./
RUN python -m venv /srv/venv && /srv/venv/bin/pip install --require-hashes --requirement requirements.txt
COPY . .
RUN PORTAL_SECRET_KEY=only-for-collecting-static-files PORTAL_STATIC_ROOT=/srv/static \
    /srv/venv/bin/python manage.py collectstatic --noinput

FROM python:3.13.5-slim-bookworm
ENV PATH=/srv/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PORTAL_STATIC_ROOT=/srv/static PORTAL_DATA_DIR=/srv/data
RUN useradd --system --uid 10001 --home-dir /srv/data --create-home portal
WORKDIR /srv/portal
COPY --from=build /srv/venv /srv/venv
COPY --from=build /srv/static /srv/static
COPY --from=build /srv/portal /srv/portal
USER 10001
EXPOSE 8000 8001 8010
ENTRYPOINT ["/srv/portal/deploy/start"]
CMD ["web"]
