"""Files over the API: send one, then name its id in the values of a submission."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import SAFE_METHODS, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from disperin.accounts.requests import UserApiRequest
from disperin.attachments import actions
from disperin.attachments.forms import UploadForm
from disperin.attachments.members import strange_members
from disperin.attachments.models import Attachment

ROOM_FOR_THE_FORM = 64 * 1024  # bytes of a request besides the file itself


class TooLarge(APIException):
    """The request is larger than any file that would be accepted; refused before it is read."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE
    default_detail = _("The request is larger than the largest file accepted. Make the file smaller and send it again.")
    default_code = "too_large"


class AttachmentSerializer(serializers.ModelSerializer):
    """What a file is; the file itself is at `url`."""

    url = serializers.SerializerMethodField()
    is_public = serializers.SerializerMethodField()

    class Meta:
        model = Attachment
        fields = [
            "id",
            "url",
            "kind",
            "name",
            "content_type",
            "size",
            "width",
            "height",
            "regency",
            "uploaded_at",
            "is_public",
        ]
        read_only_fields = fields

    @extend_schema_field(OpenApiTypes.URI)
    def get_url(self, attachment: Attachment) -> str:
        return self.context["request"].build_absolute_uri(attachment.get_absolute_url())

    def get_is_public(self, attachment: Attachment) -> bool:
        return attachment.published_at is not None


EXAMPLE = settings.PROVINCE.example.regency
# How a file is sent: described here, checked by `UploadForm` and the verb.
UPLOAD = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary", "description": "JPEG, PNG or WebP; for documents also PDF."},
        "kind": {"type": "string", "enum": Attachment.Kind.values},
        "regency": {
            "type": "string",
            "description": f"Code, such as {EXAMPLE}. Officers may leave it out.",
        },
    },
    "required": ["file", "kind"],
}


def _refused(errors: Mapping[str, Iterable[DjangoValidationError]]) -> ValidationError:
    """Django's errors by field in the words of the API, codes kept."""
    return ValidationError(
        {
            field: [
                ErrorDetail(message, code=error.code or "invalid") for error in problems for message in error.messages
            ]
            for field, problems in errors.items()
        }
    )


class MayPropose(IsAuthenticated):
    """Files are sent by those who propose; the verb asks again."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        user = request.user
        return super().has_permission(request, view) and (
            request.method in SAFE_METHODS or (user.is_authenticated and user.can_propose)
        )


class AttachmentViewSet(mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Photographs and documents. Private until the record that shows them is verified."""

    serializer_class = AttachmentSerializer
    permission_classes = [MayPropose]
    parser_classes = [MultiPartParser]
    filter_backends = []
    queryset = Attachment.objects.none()
    lookup_value_converter = "uuid"

    def get_queryset(self) -> QuerySet[Attachment]:
        return Attachment.objects.within_reach(self.request.user)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # before anybody reads the body: Django puts files of any size on the disk
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > settings.ATTACHMENT_LIMIT + ROOM_FOR_THE_FORM:
            raise TooLarge
        super().initial(request, *args, **kwargs)

    @extend_schema(request={"multipart/form-data": UPLOAD}, responses={201: AttachmentSerializer})
    def create(self, request: UserApiRequest) -> Response:
        """Send one file. Its `id` then goes into the values of a submission; unused files are removed after 30 days."""
        form = UploadForm(request.data, request.FILES, by=request.user)
        problems = form.errors.as_data() | strange_members(request.data, UPLOAD["properties"])
        if problems:
            raise _refused(problems)
        try:
            attachment = actions.upload(**form.cleaned_data, by=request.user)
        except DjangoValidationError as refused:
            raise _refused(refused.error_dict) from refused
        answer = self.get_serializer(attachment).data
        return Response(answer, status=status.HTTP_201_CREATED, headers={"Location": answer["url"]})
