#!/bin/sh
# Installs Beredd as a service on Debian or Ubuntu, from this checkout. Run as root.
#
#   deploy/install.sh            installs; starting is left to: systemctl enable --now beredd
#   DESTDIR=/somewhere deploy/install.sh   puts the files below another folder (what the test does)
#   BEREDD_PIP_OPTIONS=…         options for pip, e.g. --no-deps
set -eu

here=$(cd "$(dirname "$0")/.." && pwd)
root=${DESTDIR:-}
place=$root/opt/beredd
unit=$root/etc/systemd/system/beredd.service
settings=$root/etc/beredd/environment

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Beredd needs Python 3.11 or later." >&2
    exit 2
}

if [ -z "$root" ] && ! id beredd >/dev/null 2>&1; then
    useradd --system --home-dir /var/lib/beredd --shell /usr/sbin/nologin beredd
fi

mkdir -p "$place" "$(dirname "$unit")" "$(dirname "$settings")"
[ -x "$place/bin/python" ] || "$python" -m venv ${BEREDD_VENV_OPTIONS:-} "$place"
# shellcheck disable=SC2086  (several options)
"$place/bin/python" -m pip install --quiet ${BEREDD_PIP_OPTIONS:-} "$here"

install -m 0644 "$here/deploy/beredd.service" "$unit"
if [ ! -e "$settings" ]; then
    umask 077
    echo "# BEREDD_… one a line; the README lists them. Keys belong here: only root reads this." >"$settings"
fi
[ -n "$root" ] || systemctl daemon-reload

echo "Installed in $place. Put papers below /srv/beredd, then:"
echo "  sudo -u beredd BEREDD_INDEX=/var/lib/beredd/index BEREDD_CACHE=/var/cache/beredd /opt/beredd/bin/beredd ingest /srv/beredd"
echo "  systemctl enable --now beredd"
