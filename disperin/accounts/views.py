"""One's own account: profile, password, second factor, tokens for the API."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView, View

from disperin.accounts import actions
from disperin.accounts.forms import ProfileForm, TokenForm
from disperin.accounts.models import ApiKey, User
from disperin.accounts.requests import UserRequest
from disperin.accounts.second_factor import has_second_factor


@method_decorator([never_cache, sensitive_post_parameters("current_password")], name="dispatch")
class Profile(LoginRequiredMixin, FormView):
    """`/akun/`: what the portal knows of me, and what I may change of it."""

    request: UserRequest
    template_name = "accounts/profile.html"
    form_class = ProfileForm
    success_url = reverse_lazy("accounts:profile")

    def get_form_kwargs(self) -> dict[str, Any]:
        # a copy from the database: the form writes into its instance, and the page head shows the signed-in user
        return {**super().get_form_kwargs(), "instance": User.objects.get(pk=self.request.user.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            tokens=ApiKey.objects.filter(user=self.request.user),
            second_factor=has_second_factor(self.request.user),
            **kwargs,
        )

    def form_valid(self, form: ProfileForm) -> HttpResponse:
        values = {name: form.cleaned_data[name] for name in ("full_name", "email", "language")}
        actions.change_profile(self.request.user, **values, by=self.request.user)
        messages.success(self.request, _("Your profile is saved."))
        return super().form_valid(form)


@method_decorator(never_cache, name="dispatch")
class Session(View):
    """`/akun/sesi/`: what an open page asks: who is signed in, and the token its forms need now; 401 for nobody."""

    def get(self, request: HttpRequest) -> JsonResponse:
        if not request.user.is_authenticated:
            return JsonResponse({}, status=401)
        return JsonResponse({"username": request.user.username, "token": get_token(request)})


@method_decorator(never_cache, name="dispatch")
class TokenCreate(LoginRequiredMixin, FormView):
    """`/akun/token/baru/`: the answer to the form shows the token, once; it is kept nowhere else."""

    request: UserRequest
    template_name = "accounts/token_create.html"
    form_class = TokenForm

    def form_valid(self, form: TokenForm) -> HttpResponse:
        user = self.request.user
        try:
            key, token = actions.create_token(user, **form.cleaned_data, by=user)
        except ValidationError as refused:
            form.add_error(None, refused)
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(form=None, key=key, token=token))


@method_decorator(never_cache, name="dispatch")
class TokenRevoke(LoginRequiredMixin, TemplateView):
    """`/akun/token/<key>/cabut/`: asks, then takes the token away."""

    request: UserRequest
    template_name = "accounts/token_revoke.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = get_object_or_404(ApiKey.objects.select_related("user"), user=self.request.user, token_key=kwargs["key"])
        return super().get_context_data(**{**kwargs, "key": key})

    def post(self, request: UserRequest, **kwargs: Any) -> HttpResponse:
        actions.revoke_token(self.get_context_data(**kwargs)["key"], by=request.user)
        messages.success(request, _("The token is revoked."))
        return redirect("accounts:profile")
