#!/bin/sh
# Unpacks Courier's IMAP and POP3 from Debian beside the system: its package cannot be installed together with Dovecot's.
# Usage: unpack-courier.sh [folder]; the tests look in $COURIER_ROOT, else in /var/tmp/posthorn-courier.
set -eu
root=${1:-${COURIER_ROOT:-/var/tmp/posthorn-courier}}
mkdir -p "$root/deb"
cd "$root/deb"
apt-get download courier-imap courier-pop courier-base courier-authlib libcourier-unicode4 libgamin0 gamin libidn12 libgdbm6 \
  libglib2.0-0 libpcre2-8-0
for package in *.deb; do dpkg -x "$package" "$root"; done
echo "Courier is in $root"
