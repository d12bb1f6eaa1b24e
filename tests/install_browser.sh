#!/bin/sh
# Installs Debian's Chromium, its driver and a CJK font where this user may, and says plainly where not.
have() { command -v chromium >/dev/null && command -v chromedriver >/dev/null && fc-list 2>/dev/null | grep -qi 'cjk'; }
have && exit 0
if ! command -v apt-get >/dev/null; then
    echo "No apt-get here: install chromium, chromedriver and a CJK font by hand; the browser test is skipped till then."
elif [ "$(id -u)" -ne 0 ]; then
    echo "Not root: run 'apt-get install chromium chromium-driver fonts-noto-cjk fontconfig' as root; the browser test is skipped till then."
else
    echo "Installing chromium, chromium-driver and fonts-noto-cjk for the browser test …"
    export DEBIAN_FRONTEND=noninteractive
    { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium chromium-driver fonts-noto-cjk fontconfig; } >/dev/null \
        || echo "The browser could not be installed; its test is skipped."
fi
exit 0
