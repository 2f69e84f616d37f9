"""How every Django form looks: `{{ form }}` and `{{ field.as_field_group }}` in the design system's markup."""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.template.loader import get_template


class StaffRenderer(DjangoTemplates):
    """The renderer of all forms (settings.FORM_RENDERER): our templates for forms and fields, Django's for inputs."""

    form_template_name = "ui/staff/_fields.html"
    field_template_name = "ui/staff/_field.html"

    def get_template(self, template_name: str) -> Any:
        """Find a template of Django's widgets in Django, any other among ours."""
        if template_name.startswith("django/"):
            return super().get_template(template_name)
        return get_template(template_name)
