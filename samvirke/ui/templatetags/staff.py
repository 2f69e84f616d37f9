"""Template tags of the screens for people who log in: form fields in the design system's look."""

from dataclasses import dataclass

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

register = template.Library()

INPUT = "ds-input"


@dataclass(frozen=True)
class Fault:
    """One line of the error summary: what is wrong, in which field, and where the link goes."""

    text: str
    label: str
    target: str


@register.filter
def styled(field: BoundField) -> SafeString:
    """Render the input of a form field with the design system's class beside the widget's own."""
    own = field.field.widget.attrs.get("class", "")
    return field.as_widget(attrs={"class": f"{INPUT} {own}".strip()})


@register.filter
def choice_input(choice: BoundWidget) -> SafeString:
    """Render one radio button or checkbox of a group, without its label."""
    choice.data["attrs"]["class"] = INPUT
    return choice.tag()


@register.filter
def faults(form: BaseForm | None) -> list[Fault]:
    """List what is wrong in a form: first what concerns the whole, then field by field in the form's order."""
    if form is None or not form.is_bound:
        return []
    found = [Fault(str(error), "", "") for error in form.non_field_errors()]
    for field in form:
        target = f"{field.auto_id}_0" if field.use_fieldset else field.id_for_label
        found += [Fault(str(error), str(field.label), str(target or "")) for error in field.errors]
    return found
