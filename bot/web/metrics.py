"""Names of the metrics, in one place. Labels are ours; nothing of a person is in them."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

_PREFIX = "livechat_"
# From a fast step on one core to the point where a person would think that it is broken.
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The metrics of one gateway, on a registry of its own (two apps may share a process)."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            _PREFIX + "http_requests",
            "Requests by route pattern and status.",
            ["route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            _PREFIX + "http_request_seconds",
            "Time to answer a request (long polls and sockets are not in it).",
            ["route"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.conversations = Counter(
            _PREFIX + "conversations_started", "Conversations started.", registry=self.registry
        )
        self.messages = Counter(
            _PREFIX + "messages_received",
            "Messages of the public by outcome.",
            ["outcome"],
            registry=self.registry,
        )
        self.danger = Counter(
            _PREFIX + "messages_danger",
            "Messages of the public by the danger that they proved.",
            ["danger"],
            registry=self.registry,
        )
        self.reading_failed = Counter(
            _PREFIX + "readings_failed",
            "Messages that the reader could not read; they count as check.",
            registry=self.registry,
        )
        self.safety_failed = Counter(
            _PREFIX + "safety_failed",
            "Messages for which the safety step itself threw.",
            registry=self.registry,
        )
        self.reread = Counter(
            _PREFIX + "messages_reread",
            "Messages read again because the log grew under them.",
            registry=self.registry,
        )
        self.safety_lines = Counter(
            _PREFIX + "safety_lines",
            "Safety lines said, by name.",
            ["says"],
            registry=self.registry,
        )
        self.sockets = Gauge(_PREFIX + "sockets_open", "Open sockets.", registry=self.registry)
        self.sockets_dropped = Counter(
            _PREFIX + "sockets_dropped", "Sockets dropped for being slow.", registry=self.registry
        )
        self.exits = Counter(
            _PREFIX + "quick_exits", "Quick exits reported.", registry=self.registry
        )
        self.clock = Counter(
            _PREFIX + "clock_tasks", "Due work done, by kind.", ["kind"], registry=self.registry
        )
        self.clock_failed = Counter(
            _PREFIX + "clock_failures",
            "Due work that threw and will be due again, by kind.",
            ["kind"],
            registry=self.registry,
        )
        self.desk = Gauge(
            _PREFIX + "desk", "Counters kept by the desk itself.", ["name"], registry=self.registry
        )
