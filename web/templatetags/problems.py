"""Problems of measuring, in words."""

from django import template

from web.problem_words import problem_label

register = template.Library()
register.filter("problem_label", problem_label)
