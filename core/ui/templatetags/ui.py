"""Components. The Python signature is the contract: a wrong argument fails loudly."""

from django import template

register = template.Library()
