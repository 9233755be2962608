"""Files that leave the portal: labels and share pictures of awards, and the nominations of a round."""

from ovop.papers.bundle import round_bundle
from ovop.papers.labels import LabelForm, label_file, share_file

__all__ = ["LabelForm", "label_file", "round_bundle", "share_file"]
