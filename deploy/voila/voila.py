"""Voila for a demo: ``deploy/README.md`` says how it is started, and what it is not."""

c = get_config()  # noqa: F821 - Voila gives it

# Each visit has a kernel of its own, which nobody closes when the visitor leaves (voila#1458): stop it when it is idle.
c.MappingKernelManager.cull_idle_timeout = 600
c.MappingKernelManager.cull_interval = 60
c.MappingKernelManager.cull_connected = False  # who is still reading keeps the page's answers
# Voila's pages ask a CDN for a font of symbols, which no notebook here needs: the browser is told to refuse.
OWN = {
    "default-src": "'self' data: blob:",
    "script-src": "'self' 'unsafe-inline' 'unsafe-eval' blob:",
    "style-src": "'self' 'unsafe-inline'",
}
policy = "; ".join(f"{what} {whence}" for what, whence in OWN.items())
c.Voila.tornado_settings = {"headers": {"Content-Security-Policy": policy}}
# Only with a kernel that was started for a visit does the kit know that it is on a Voila page, and keep answers in memory.
c.VoilaConfiguration.preheat_kernel = False
