"""What tests of the staff pages of the press centre share."""

from django.urls import reverse

from press.admin.forms import FORMSETS


def page_of(text):
    return reverse("admin:press_releasetext_change", args=[text.pk])


def step(text, name):
    return reverse("admin:press_releasetext_step", args=[text.pk, name])


def typed(text, *, revision=None, **fields):
    """What the browser posts from the page of the text, with what was changed on it."""
    data = {
        "revision": text.revision if revision is None else revision,
        "public_from_0": "",
        "public_from_1": "",
    }
    names = ("date_line", "place_line", "headline", "lead", "presented", "voices", "further", "support")
    data |= {name: getattr(text, name) for name in names}
    for prefix, (_label, formset) in FORMSETS.items():
        rows = list(getattr(text, prefix).all())
        data |= {f"{prefix}-TOTAL_FORMS": len(rows) + formset.extra, f"{prefix}-INITIAL_FORMS": len(rows)}
        for number, row in enumerate(rows):
            data[f"{prefix}-{number}-ORDER"] = number + 1
            for name in formset.form.base_fields:
                data[f"{prefix}-{number}-{name}"] = row.file.key if name == "file" else getattr(row, name)
    return data | fields
