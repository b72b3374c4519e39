from django import template

from ..threads import seconds_left

register = template.Library()
register.filter(seconds_left)
