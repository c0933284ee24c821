from django.contrib.auth.decorators import user_passes_test
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.models import Language, User
from accounts.services import choose_language


def _is_staff(user: AbstractBaseUser | AnonymousUser) -> bool:
    return isinstance(user, User) and user.is_active and user.is_staff


@require_POST
@user_passes_test(_is_staff, login_url="admin:login")
def language(request: HttpRequest) -> HttpResponse:
    """Store the language of this person's staff pages and go back to where the choice was made."""
    chosen = request.POST.get("language", "")
    if chosen not in Language.values:
        return HttpResponseBadRequest()
    if isinstance(request.user, User):
        choose_language(user=request.user, language=Language(chosen))
    return HttpResponseRedirect(_own_page(request, request.POST.get("next", "")))


def _own_page(request: HttpRequest, address: str) -> str:
    """The address when it is a staff page of this portal, else the start page of the admin."""
    home = reverse("admin:index")
    is_own = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if is_own and address.startswith(home) else home
