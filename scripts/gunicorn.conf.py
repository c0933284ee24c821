"""How gunicorn serves the portal; scripts/supervise.py adds the address to listen on."""

worker_class = "gthread"
# One process a core of a small server, and so many threads that the database's connections (100) suffice.
workers = 2
threads = 8
# gthread's own limit never ends one stuck request: the database's limits do. This one replaces a hung process.
timeout = 30
graceful_timeout = 10
keepalive = 5
# Long-lived processes are replaced from time to time, not all at once.
max_requests = 20_000
max_requests_jitter = 2_000
# It would open a socket in the home folder of whoever starts the portal.
control_socket_disable = True
# Django's settings name the proxies that are believed (TRUSTED_PROXIES); gunicorn believes none on its own.
forwarded_allow_ips = ""
# No log of requests: addresses of personal pages are secrets. Errors go to standard error.
accesslog = None
errorlog = "-"
loglevel = "warning"
