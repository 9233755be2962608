"""A header of every answer that Django has no setting for."""

from django.conf import settings


def permissions_policy(get_response):
    """Middleware: says what of the device pages may use (`PERMISSIONS_POLICY`), which is nothing."""

    def answer(request):
        response = get_response(request)
        response["Permissions-Policy"] = settings.PERMISSIONS_POLICY
        return response

    return answer
