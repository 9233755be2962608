"""How the portal logs: one line for each event, as JSON or to be read by people. The settings ask for it."""

from typing import Any

import structlog

STEPS: list[Any] = [
    structlog.contextvars.merge_contextvars,  # the request's id
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    structlog.processors.format_exc_info,
]


def logging(*, readable: bool, level: str) -> dict[str, Any]:
    """What Django's `LOGGING` holds: everything from this level on goes to the console, readable or as JSON."""
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *STEPS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "json": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": structlog.processors.JSONRenderer(),
                "foreign_pre_chain": STEPS,
            },
            "plain": {"format": "{levelname} {name} {message}", "style": "{"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "plain" if readable else "json",
                "level": level,  # here too: the job worker lowers its loggers' own
            }
        },
        "root": {"handlers": ["console"], "level": level},
        # whoever looks the whole network through asks under any name: that is answered with 400 and is no fault of ours
        "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
    }
