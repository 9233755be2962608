"""The log of requests says what can be believed."""

import structlog


def test_the_log_names_the_address_that_asked_and_not_what_a_header_claims(client, db):
    steps = [structlog.contextvars.merge_contextvars]
    with structlog.testing.capture_logs(processors=steps) as told:
        client.get("/", headers={"X-Forwarded-For": "203.0.113.7", "X-Real-IP": "203.0.113.8"}, REMOTE_ADDR="192.0.2.1")

    assert {one["ip"] for one in told if one["event"].startswith("request_")} == {"192.0.2.1"}
