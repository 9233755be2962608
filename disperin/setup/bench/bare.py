"""The measure of all things: a WSGI view without a framework, whose PostgreSQL query writes the JSON itself."""

import io
import json
import os
import threading
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

import psycopg2

_ROW = """
    e.id, e.number, e.version, e.name, e.legal_form, e.branch, e.kbli_id AS kbli, k.title_id AS kbli_title,
    e.regency_id AS regency, r.name AS regency_name, e.district_id AS district, d.name AS district_name,
    e.village_id AS village, v.name AS village_name, e.activity, e.industry_scale, c.number AS cluster, e.commodities,
    e.public_latitude, e.public_longitude, e.photo_id, e.verified_at
    FROM industries_establishment e
    JOIN industries_kbliclass k ON k.key = e.kbli_id
    JOIN regions_regency r ON r.code = e.regency_id
    JOIN regions_district d ON d.code = e.district_id
    JOIN regions_village v ON v.code = e.village_id
    LEFT JOIN industries_cluster c ON c.id = e.cluster_id
"""
_LIST = f"""
    SELECT coalesce(json_agg(told), '[]')::text FROM (SELECT {_ROW}
    WHERE e.closed_on IS NULL AND e.regency_id = %(regency)s AND e.branch = %(branch)s
      AND e.industry_scale = %(industry_scale)s
    ORDER BY lower(e.name), e.id LIMIT 26) told
"""  # noqa: S608 -- our own text
_HELD = """
    e.closed_on IS NULL AND e.search_text LIKE '%%' || split_part(%(q)s, ' ', 1) || '%%'
    AND e.search_text LIKE '%%' || split_part(%(q)s, ' ', 2) || '%%'
"""
_SEARCH = f"""
    SELECT json_build_object(
        'count', (SELECT count(*) FROM industries_establishment e WHERE {_HELD}),
        'results', (SELECT coalesce(json_agg(told), '[]') FROM (
            SELECT {_ROW} WHERE {_HELD} ORDER BY lower(e.name), e.id LIMIT 26) told))::text
"""  # noqa: S608 -- our own text
_DETAIL = f"""
    SELECT coalesce(json_agg(told), '[]')::text FROM (SELECT (
        SELECT json_agg(p) FROM (
            SELECT key, name, brand, category, halal_category, description_id, description_en, unit, kbli_id, hs_code,
                permits, active FROM industries_product
            WHERE establishment_id = e.id AND closed_on IS NULL ORDER BY position, id) p
        ) AS products, {_ROW} WHERE e.number = %(number)s) told
"""  # noqa: S608 -- our own text
_OFFSET = f"""
    SELECT json_agg(told)::text FROM (SELECT {_ROW}
    WHERE e.closed_on IS NULL ORDER BY lower(e.name), e.id LIMIT 26 OFFSET %(offset)s) told
"""  # noqa: S608 -- our own text
_COUNTS = """
    SELECT json_agg(told)::text FROM (SELECT regency_id, industry_scale, count(*) FROM industries_establishment
    WHERE closed_on IS NULL GROUP BY regency_id, industry_scale ORDER BY 1, 2) told
"""
_OF_REGENCY = f"SELECT {_ROW} WHERE e.closed_on IS NULL AND e.regency_id = %(regency)s"  # noqa: S608 -- our own text
_CSV = f"COPY ({_OF_REGENCY}) TO STDOUT (FORMAT csv, HEADER)"
_GEOJSON = f"""
    SELECT json_build_object('type', 'FeatureCollection', 'features', json_agg(json_build_object(
        'type', 'Feature', 'properties', told,
        'geometry', json_build_object('type', 'Point', 'coordinates',
            json_build_array(told.public_longitude, told.public_latitude)))))::text FROM ({_OF_REGENCY}) told
"""  # noqa: S608 -- our own text
QUERIES = {
    "/list": _LIST,
    "/search": _SEARCH,
    "/detail": _DETAIL,
    "/offset": _OFFSET,
    "/counts": _COUNTS,
    "/csv": _CSV,
    "/geojson": _GEOJSON,
}
_here = threading.local()


def _cursor() -> Any:
    """One connection per thread, as the portal has."""
    if not hasattr(_here, "connection"):
        _here.connection = psycopg2.connect(os.environ["DATABASE_URL"])
        _here.connection.autocommit = True
    return _here.connection.cursor()


def application(environ: Mapping[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Answers the addresses of `QUERIES`, each with what the query wrote of the parameters; others with a greeting."""
    query = QUERIES.get(environ["PATH_INFO"])
    if query is None:
        body = json.dumps({"status": "lives"}).encode()
    else:
        with _cursor() as cursor:
            body = _written(cursor, query, dict(parse_qsl(environ["QUERY_STRING"])))
    start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
    return [body]


def _written(cursor: Any, query: str, asked: Mapping[str, str]) -> bytes:
    if not query.startswith("COPY"):
        cursor.execute(query, asked)
        return bytes(cursor.fetchone()[0].encode())
    file = io.BytesIO()
    cursor.copy_expert(cursor.mogrify(query, asked).decode(), file)
    return file.getvalue()
