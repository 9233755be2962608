"""How many inquiries one network address may send, by page and API together."""

from disperin.registers.api.throttling import VisitorThrottle


class InquiryThrottle(VisitorThrottle):
    """Counts what would be stored; many people share an address on a mobile network, so the limit is generous."""

    scope = "inquiries"
