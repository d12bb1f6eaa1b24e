#!/bin/sh
# Installs what the browser tests need where this user may, and says plainly what is missing where not.
missing=""
command -v chromium >/dev/null || missing="$missing chromium"
command -v chromedriver >/dev/null || missing="$missing chromium-driver"
[ -n "$(fc-list :lang=zh-cn file 2>/dev/null)" ] || missing="$missing fontconfig fonts-noto-cjk"
[ -z "$missing" ] && exit 0

meanwhile="What needs a browser is skipped till then."
[ "${CI:-}" = true ] && meanwhile="What needs a browser fails till then, because CI is true."
if ! command -v apt-get >/dev/null; then
    echo "Missing for the browser tests, and there is no apt-get to install it:$missing. $meanwhile"
elif [ "$(id -u)" -ne 0 ]; then
    echo "Missing for the browser tests; as root run: apt-get install$missing. $meanwhile"
else
    echo "Installing for the browser tests:$missing …"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086  # package names, one word each
    { apt-get update -qq && apt-get install -qq -y --no-install-recommends -o Acquire::Retries=3 $missing; } >/dev/null ||
        echo "They could not be installed. $meanwhile"
fi
exit 0
