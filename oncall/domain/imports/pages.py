"""Whether answers in pages are all there: each system says in its own way that another page follows."""

from collections.abc import Iterable
from typing import Any


def missing(documents: Iterable[Any]) -> int:
    """How many pages are said to follow and are not among the documents.

    Grafana OnCall links `next` and `previous`, Opsgenie the same inside `paging`, PagerDuty says `more` and `offset`.
    Of pages that follow each other all but the first have one before them.
    """
    answers = [one for document in documents for one in (document if isinstance(document, list) else [document])]
    wrapped = [one for one in answers if isinstance(one, dict)]
    announced = sum(_has_next(one) for one in wrapped)
    return max(announced - sum(_has_previous(one) for one in wrapped), 0)


def _has_next(answer: dict[str, Any]) -> bool:
    paging = answer.get("paging")
    further = paging.get("next") if isinstance(paging, dict) else None
    return answer.get("more") is True or isinstance(answer.get("next"), str) or isinstance(further, str)


def _has_previous(answer: dict[str, Any]) -> bool:
    paging, offset = answer.get("paging"), answer.get("offset")
    before = (paging.get("prev") or paging.get("previous")) if isinstance(paging, dict) else None
    is_later = isinstance(offset, int) and not isinstance(offset, bool) and offset > 0
    return is_later or isinstance(answer.get("previous"), str) or isinstance(before, str)
