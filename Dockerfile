# The portal as one image; `compose.yaml` runs it with PostgreSQL. The same image runs the job worker.

FROM node:22-slim AS frontend
WORKDIR /portal
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund

FROM python:3.13-slim AS packages
WORKDIR /portal
COPY requirements.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes -r requirements.txt

FROM python:3.13-slim
RUN useradd --system --create-home --home-dir /home/portal portal
WORKDIR /portal
COPY --from=packages /venv /venv
COPY --from=frontend /portal/node_modules ./node_modules
COPY . .
# whose portal it is where the environment names no other, and whose colours are collected; named with --build-arg
ARG PROVINCE=63
ENV PATH=/venv/bin:$PATH \
    IMAGE_PROVINCE=${PROVINCE} \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=disperin.settings \
    STATIC_ROOT=/portal/static-collected \
    VAR_DIR=/var/lib/portal
# collecting needs settings but no database: the values of this one command are in no layer and serve nobody
RUN python -m disperin.ui.translations compile \
    && SECRET_KEY=only-while-building ALLOWED_HOSTS=localhost DATABASE_URL=postgres://nobody@localhost/none \
       python manage.py collectstatic --no-input --verbosity 0 \
    && mkdir -p /var/lib/portal && chown portal: /var/lib/portal
USER portal
VOLUME /var/lib/portal
EXPOSE 8000
CMD ["gunicorn", "--config", "gunicorn.conf.py", "disperin.wsgi:application", "--bind", "0.0.0.0:8000", \
     "--workers", "3", "--threads", "4", "--timeout", "60", "--access-logfile", "-"]
