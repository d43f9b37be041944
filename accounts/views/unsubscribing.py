"""No more of these mails: from a link in one of them, signed in or not."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django_ratelimit.decorators import ratelimit

from accounts.choosing import stop_mail
from accounts.models import Kind, Mail, User
from accounts.unsubscribe import DAILY, read

RATE = "30/m"


# Mail programs press the button without a page of ours before it (RFC 8058): what they show is the
# signed token, and to look at the page changes nothing.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@ratelimit(key="ip", rate=RATE)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    found = read(token)
    if not found:
        raise Http404
    pk, what = found
    member = get_object_or_404(User, pk=pk)
    is_all = request.POST.get("stop") == "all"
    if request.method == "POST":
        _stop(member, "" if is_all else what)
    kind = "" if what == DAILY else Kind(what).label
    context = {"kind": kind, "is_done": request.method == "POST", "is_all": is_all}
    return render(request, "accounts/unsubscribe.html", context)


def _stop(member: User, what: str) -> None:
    if not what:
        stop_mail(member)
    elif what == DAILY:
        stop_mail(member, only=Mail.DAILY)
    else:
        stop_mail(member, kind=Kind(what))
