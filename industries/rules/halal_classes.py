"""What a product is judged by under the halal duty: its category, with the one answer that the category asks for.

Barang gunaan have a duty only where they come from animals or contain animal parts (PP 31/2019 Ps 71 and what followed
it), medical devices by their risk class (PP 39/2021 Ps 141; PP 42/2024 Ps 155), chemical products only where they go
with food, drink, medicine or cosmetics (to be checked by the office). Which answer has which deadline stands in the
duties. Products of forbidden material are exempt (PP 42/2024 Ps 2(2)-(3)), whatever their category.
"""

from typing import NamedTuple, Protocol

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from industries.rules.choices import HalalCategory, RiskClass, YesNo

FORBIDDEN = "haram"  # the class of products of forbidden material


class Question(NamedTuple):
    """What is asked of the products of a category: the field of the answer, and the answers that there are."""

    name: str
    answers: tuple[str, ...]


_YES_NO = tuple(YesNo.values)
QUESTIONS: dict[str, Question] = {
    HalalCategory.USED_GOODS: Question("animal_origin", _YES_NO),
    HalalCategory.CHEMICAL: Question("goes_with_food", _YES_NO),
    HalalCategory.DEVICE: Question("risk_class", tuple(RiskClass.values)),
}
# every class there is; that of a category alone is "not asked" where the category has a question
HALAL_CLASSES = (
    "",
    *HalalCategory.values,
    *(f"{category}:{answer}" for category, question in QUESTIONS.items() for answer in question.answers),
    FORBIDDEN,
)


class HalalFacts(Protocol):
    """What a product says of itself; an answer that was not asked is ""."""

    halal_category: str
    animal_origin: str
    goes_with_food: str
    risk_class: str
    forbidden_material: str


def halal_class(product: HalalFacts) -> str:
    """The class of a product: "makanan", "barang_gunaan" (not asked), "barang_gunaan:yes", "haram", or "" for none."""
    if product.forbidden_material:
        return FORBIDDEN
    question = QUESTIONS.get(product.halal_category)
    answer = getattr(product, question.name) if question else ""
    return f"{product.halal_category}:{answer}" if answer else product.halal_category


def read_class(halal_class: str) -> tuple[str, str]:
    """Category and answer of a class, "" each where there is none."""
    category, _colon, answer = halal_class.partition(":")
    return category, answer


def check_exemption(*, halal_category: str, forbidden_material: str, forbidden_evidence: str) -> None:
    """An exemption has its reason (the forbidden material) and its evidence, and is that of a product under the duty.

    Raises ValidationError by field (code `exemption`).
    """
    problems = {}
    if forbidden_material and not forbidden_evidence:
        problems["forbidden_evidence"] = _("Say what shows it, such as the composition on the label or a test report.")
    if forbidden_evidence and not forbidden_material:
        problems["forbidden_material"] = _("Name the forbidden material, or empty the evidence.")
    if forbidden_material and not halal_category:
        problems["halal_category"] = _("Choose the halal category of a product that says “tidak halal”.")
    if problems:
        raise ValidationError({name: ValidationError(text, code="exemption") for name, text in problems.items()})
