#!/bin/sh
# Starts a Sentinel in a container. Its configuration is made on the first start, and from then on kept by itself in the volume that
# it stands in: which servers there are, and which of them is the primary. Who may log in is written anew at each start.
#
#   CIMAISE_NODES_PASSWORD_FILE     the password by which the servers and the Sentinels know one another
#   CIMAISE_DESKTOPS_PASSWORD_FILE  the one by which desktops ask who is the primary; without it they are not answered
#   CIMAISE_NODE                    this Sentinel, as all others reach it: host:port
#   CIMAISE_PRIMARY                 the server that takes the changes at first
set -eu
umask 077

password=$(cat "$CIMAISE_NODES_PASSWORD_FILE")
case $password in
  '' | *[!A-Za-z0-9._-]*)
    echo "secrets/nodes_password needs a password of letters, digits, '.', '_' and '-' (docs/operations.md)." >&2
    exit 1
    ;;
esac
digest() { printf %s "$1" | sha256sum | cut -d ' ' -f 1; }

# What a desktop asks, and nothing else: by the other password it could have all data sent to it, or put another server in charge.
desktops='off'
if [ -n "${CIMAISE_DESKTOPS_PASSWORD_FILE:-}" ]; then
  theirs=$(cat "$CIMAISE_DESKTOPS_PASSWORD_FILE")
  [ -n "$theirs" ] || { echo 'secrets/desktops_password needs a password (docs/operations.md).' >&2 && exit 1; }
  desktops="on #$(digest "$theirs") resetchannels -@all +hello +ping +sentinel|get-master-addr-by-name +sentinel|master"
  desktops="$desktops +sentinel|replicas +sentinel|sentinels"
fi

{
  if [ -s sentinel.conf ]; then
    grep -vE '^(user|requirepass|sentinel sentinel-user|sentinel sentinel-pass) ' sentinel.conf
  else
    # A container has another address after each start: names stay. Where the Sentinels do not agree at once on who of them acts,
    # they try again after twice the last of these times.
    cat << END
port ${CIMAISE_NODE##*:}
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
  fi
  cat << END
user default $desktops
user sentinel on #$(digest "$password") ~* &* +@all
sentinel sentinel-user sentinel
sentinel sentinel-pass $password
END
} > sentinel.conf.new
mv sentinel.conf.new sentinel.conf
exec redis-server sentinel.conf --sentinel "$@"
