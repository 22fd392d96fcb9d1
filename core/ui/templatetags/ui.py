"""All components under one name; a builtin of every template, so nothing has to load it."""

from django import template

from core.ui.components import acts, fields, lists, marks, numbers, pieces, sheets

register = template.Library()

for part in (marks, pieces, acts, fields, lists, sheets, numbers):
    register.tags.update(part.register.tags)
    register.filters.update(part.register.filters)
