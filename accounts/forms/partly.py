"""Forms of which only a part is sent: nothing else is asked for, and nothing else is written."""

from collections.abc import Collection

from django import forms


def narrow(form: forms.ModelForm, names: Collection[str]) -> bool:
    """Whether anything of it is left."""
    for name in set(form.fields) - set(names):
        del form.fields[name]
    return bool(form.fields)


def columns(form: forms.ModelForm) -> list[str]:
    """Of its model, what it was asked for."""
    return [name for name in form._meta.fields or () if name in form.fields]
