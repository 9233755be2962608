"""What is done with accounts, as the history says it."""

from django.utils.translation import gettext_lazy as _

from disperin.history import deeds

deeds.name(
    {
        "hand_on": (_("Handed on to a colleague"), "person", "info"),
        "invite": (_("Account made"), "person", ""),
        "invite_again": (_("Invitation sent again"), "person", ""),
        "change_role": (_("Role changed"), "person", "warning"),
        "change_profile": (_("Profile changed"), "person", ""),
        "set_password": (_("Password set anew"), "lock", ""),
        "drop_second_factor": (_("Second factor taken off"), "lock", "warning"),
        "suspend": (_("Account suspended"), "slash-circle", "warning"),
        "restore": (_("Account let in again"), "person", ""),
        "create_token": (_("API token made"), "gear", ""),
        "revoke_token": (_("API token revoked"), "gear", ""),
        "be_away": (_("Away, a colleague stands in"), "calendar3", ""),
        "call_off_absence": (_("Absence called off"), "calendar3", ""),
        "make_calendar_address": (_("Calendar address made"), "calendar3", ""),
        "end_calendar_address": (_("Calendar address ended"), "calendar3", ""),
    }
)
