"""Small and medium industries: who produces, what, where."""
