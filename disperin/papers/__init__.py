"""Papers and pictures: QR codes, PDF and SVG set by typst, share pictures. Knows no model and asks no database."""
