#!/bin/sh
# Starts a Sentinel in a container. Its configuration is made on the first start, and from then on kept by itself in the volume that
# it stands in: which servers there are, and which of them is the primary.
#
#   CIMAISE_NODES_PASSWORD_FILE  the password by which the servers and the Sentinels know one another
#   CIMAISE_NODE                 this Sentinel, as all others reach it: host:port
#   CIMAISE_PRIMARY              the server that takes the changes at first
set -eu
umask 077

if [ ! -s sentinel.conf ]; then
  password=$(cat "$CIMAISE_NODES_PASSWORD_FILE")
  case $password in
    '' | *[!A-Za-z0-9._-]*)
      echo "secrets/nodes_password needs a password of letters, digits, '.', '_' and '-' (docs/operations.md)." >&2
      exit 1
      ;;
  esac
  # A container has another address after each start: names stay. Where the Sentinels do not agree at once on who of them acts, they
  # try again after twice the last of these times.
  cat > sentinel.conf.new << END
port ${CIMAISE_NODE##*:}
requirepass $password
sentinel sentinel-pass $password
sentinel resolve-hostnames yes
sentinel announce-hostnames yes
sentinel announce-ip ${CIMAISE_NODE%:*}
sentinel announce-port ${CIMAISE_NODE##*:}
sentinel monitor cimaise ${CIMAISE_PRIMARY%:*} ${CIMAISE_PRIMARY##*:} 2
sentinel auth-user cimaise sentinel
sentinel auth-pass cimaise $password
sentinel down-after-milliseconds cimaise 5000
sentinel failover-timeout cimaise 6000
END
  mv sentinel.conf.new sentinel.conf
fi
exec redis-server sentinel.conf --sentinel "$@"
