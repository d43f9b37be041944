"""How forms look: label above, hint below, what is wrong in words beside the field."""

from django.forms.renderers import TemplatesSetting


class Forms(TemplatesSetting):
    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
