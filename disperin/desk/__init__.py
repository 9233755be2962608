"""What all desks of the office share: pages for people with an account, lists of work, refusals in words."""
