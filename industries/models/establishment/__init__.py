"""Establishments with their products and documents."""

from .parts import Document, Product
from .record import Establishment

__all__ = ["Document", "Establishment", "Product"]
