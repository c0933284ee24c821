"""The folding functions of `core.folding` as database expressions."""

from django.db.models import CharField, Func


class FoldText(Func):
    """SQL `fold_text`: the light fold, for documents."""

    function = "fold_text"
    output_field = CharField()


class FoldName(Func):
    """SQL `fold_name`: the strong fold, for names of units and people."""

    function = "fold_name"
    output_field = CharField()


class SortKeyKy(Func):
    """SQL `sort_key_ky`, compared by code point: orders by the Kyrgyz alphabet on any server."""

    function = "sort_key_ky"
    template = '%(function)s(%(expressions)s) COLLATE "C"'
    output_field = CharField()
