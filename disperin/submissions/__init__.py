"""How a change becomes truth: proposals, their path, and the verbs that move them."""
