"""How every Django form looks: `{{ form }}` and `{{ field.as_field_group }}` in the design system's markup."""

from typing import Any

from django import forms
from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template
from django.utils.translation import gettext as _


class StaffRenderer(DjangoTemplates):
    """The renderer of all forms (settings.FORM_RENDERER): our templates for forms and fields, Django's for inputs."""

    form_template_name = "ui/staff/_fields.html"
    field_template_name = "ui/staff/_field.html"

    def get_template(self, template_name: str) -> Any:
        """Find a template of Django's widgets in Django, any other among ours."""
        if template_name.startswith("django/"):
            return super().get_template(template_name)
        return get_template(template_name)


class StaffForm(forms.Form):
    """A form whose standing errors say what to do, in one short sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            chosen = isinstance(field, forms.ChoiceField | forms.BooleanField)
            field.error_messages["required"] = _("Velg her.") if chosen else _("Fyll ut feltet.")
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("Velg en av mulighetene.")
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = _(
                    "Adressen er ikke gyldig: skriv den som navn@eksempel.no."
                )
