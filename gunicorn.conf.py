"""What holds wherever gunicorn serves the portal; each place adds its own workers and address."""

# No header says where the portal stands: not SCRIPT_NAME, not PATH_INFO, from whichever address it comes. What a proxy
# tells of the visitor is read by the portal itself, and only where the settings say so (BEHIND_HTTPS, PROXIES).
forwarder_headers = ""
forwarded_allow_ips = ""

# What the portal is made of is loaded once, before the workers part from each other, and shared by all of them
# (`disperin/wsgi.py` freezes it). New code wants a restart: a reload (HUP) only starts workers of the old one.
preload_app = True
