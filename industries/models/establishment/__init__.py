"""Establishments with their products and documents."""

from .parts import Document, Product
from .record import MOST_RUPIAH, Establishment

__all__ = ["MOST_RUPIAH", "Document", "Establishment", "Product"]
