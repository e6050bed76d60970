#!/bin/sh
# The helper that sandboxes renderers must belong to root and be setuid where the kernel forbids user namespaces.
set -e
chown root:root '/opt/${sanitizedProductName}/chrome-sandbox'
chmod 4755 '/opt/${sanitizedProductName}/chrome-sandbox'
ln -sf '/opt/${sanitizedProductName}/${executable}' '/usr/bin/${executable}'
if command -v update-mime-database >/dev/null 2>&1; then update-mime-database /usr/share/mime || true; fi
if command -v update-desktop-database >/dev/null 2>&1; then update-desktop-database /usr/share/applications || true; fi
