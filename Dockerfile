# Strata for production: one image for the web server, the worker, beat and migrations (docker-compose.yml).
FROM python:3.13-slim-bookworm AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.lock .
# Hashes for every package and wheels only: the image holds exactly what the tests ran on, and no compiler.
RUN python -m venv --without-pip /opt/venv \
    && python -m pip --python /opt/venv/bin/python install --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.13-slim-bookworm

# git reads the landscape's repository. Debian's security updates matter more than its exact version.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-log-init --no-create-home --home-dir /var/lib/strata --shell /usr/sbin/nologin strata \
    && install -d -o strata -g strata /var/lib/strata

# A request that never ends must not outlast the ten seconds that `docker stop` gives: hence the time to kill workers.
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STRATA_PRODUCTION=1 \
    STRATA_HOME=/var/lib/strata \
    STATIC_ROOT=/srv/strata/staticfiles \
    GRANIAN_INTERFACE=wsgi \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    GRANIAN_WORKERS=2 \
    GRANIAN_BLOCKING_THREADS=4 \
    GRANIAN_WEBSOCKETS=false \
    GRANIAN_RESPAWN_FAILED_WORKERS=true \
    GRANIAN_WORKERS_KILL_TIMEOUT=8

WORKDIR /srv/strata
COPY --from=build /opt/venv /opt/venv
COPY . .
# Static files are hashed and compressed here, once, so that no container does it at its start. The key is for this step only.
RUN python -m compileall -q /opt/venv/lib landscape projects metrics market knowledge accounts sources web api \
    && python -m landscape.embedded.messages \
    && SECRET_KEY=for-this-step-only-and-as-long-as-production-demands ALLOWED_HOSTS=build DATABASE_URL=postgresql:///build CELERY_BROKER_URL=redis://build \
       python manage.py collectstatic --noinput --verbosity 0

# The number of the user strata: an orchestrator can then tell that it is not root.
USER 10001
VOLUME /var/lib/strata
EXPOSE 8000

# Any answer but a server error will do: the name 127.0.0.1 need not be in ALLOWED_HOSTS.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "-c", \
    "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status >= 500)"]

CMD ["granian", "landscape.wsgi:application"]
