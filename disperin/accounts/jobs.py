"""The mails about accounts, sent by the worker: a slow mail server keeps nobody waiting and tells nothing."""

from django_tasks import task

from disperin.accounts import mail
from disperin.accounts.models import User


@task()
def send_invitation(user_id):
    """Mail the link that opens a new account."""
    mail.send_invitation(User.objects.get(pk=user_id))


@task()
def send_password_links(user_ids):
    """Mail each of these people the link to set a new password; for an address that nobody has, there are none."""
    for user in User.objects.filter(pk__in=user_ids, is_active=True):
        mail.send_password_link(user)


@task()
def send_password_set(user_id, ended):
    """Tell the owner of an account that it has a new password, and how many tokens ended with the old one."""
    mail.send_password_set(User.objects.get(pk=user_id), ended)


@task()
def send_email_changed(user_id, old_email):
    """Tell the old address that it no longer belongs to the account."""
    mail.send_email_changed(User.objects.get(pk=user_id), old_email)
