"""Reference data of the country and of the province: read from files, loaded into tables."""

from .files import WrongFile
from .loading import Loaded, load_all, load_halal_duties, load_kbli, load_quality_rules, load_stars

__all__ = ["Loaded", "WrongFile", "load_all", "load_halal_duties", "load_kbli", "load_quality_rules", "load_stars"]
