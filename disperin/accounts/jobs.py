"""The mails about accounts, sent by the worker: a slow mail server keeps nobody waiting and tells nothing."""

from django_tasks import task

from disperin.accounts import mail
from disperin.accounts.models import User
from disperin.jobs.mailing import tried_again


@task()
def send_invitation(user_id: int, tries: int = 0) -> None:
    """Mail the link that opens a new account."""
    with tried_again(send_invitation, user_id, tries=tries):
        mail.send_invitation(User.objects.get(pk=user_id))


@task()
def send_password_links(user_ids: list[int], tries: int = 0) -> None:
    """Mail each of these people the link to set a new password; for an address that nobody has, there are none."""
    with tried_again(send_password_links, user_ids, tries=tries):
        for user in User.objects.filter(pk__in=user_ids, is_active=True):
            mail.send_password_link(user)


@task()
def send_password_set(user_id: int, ended: int, tries: int = 0) -> None:
    """Tell the owner of an account that it has a new password, and how many tokens ended with the old one."""
    with tried_again(send_password_set, user_id, ended, tries=tries):
        mail.send_password_set(User.objects.get(pk=user_id), ended)


@task()
def send_email_changed(user_id: int, old_email: str, tries: int = 0) -> None:
    """Tell the old address that it no longer belongs to the account."""
    with tried_again(send_email_changed, user_id, old_email, tries=tries):
        mail.send_email_changed(User.objects.get(pk=user_id), old_email)
