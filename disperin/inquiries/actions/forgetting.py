"""What senders wrote of themselves is erased when it is no longer needed; the inquiry and its answer stay."""

from django.db import transaction
from django.utils import timezone

from disperin.history.models import record as write_history
from disperin.inquiries.models import Inquiry, Investment


@transaction.atomic
def forget_senders() -> int:
    """Blank message, contact and needs of what ended long enough ago (`INQUIRY_SENDERS_KEPT_FOR`); gives how many."""
    now, forgotten = timezone.now(), 0
    for inquiry in Inquiry.objects.to_forget(now).select_for_update(of=["self"]).order_by("pk"):
        inquiry.message = inquiry.gist = inquiry.sender_name = inquiry.email = inquiry.phone = ""
        inquiry.forgotten_at = now
        inquiry.save()
        Investment.objects.filter(inquiry=inquiry).delete()
        write_history("forget_sender", inquiry, by=None)
        forgotten += 1
    return forgotten
