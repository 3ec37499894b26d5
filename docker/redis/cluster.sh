#!/bin/sh
# Makes one cluster of the servers that are given to it (host:port …), the first half of them primaries, and keeps it whole: where
# containers have other addresses after a start, the servers are introduced to one another again, and one whose volume is new takes
# the place of the one that it was. /tmp/whole is there while all is well.
#
#   CIMAISE_NODES_PASSWORD_FILE  the password of the user `cluster`
set -eu
REDISCLI_AUTH=$(cat "$CIMAISE_NODES_PASSWORD_FILE")
export REDISCLI_AUTH
whole=${TMPDIR:-/tmp}/whole
rm -f "$whole"

ask() {
  node=$1 && shift
  timeout 3 redis-cli -h "${node%:*}" -p "${node##*:}" --user cluster "$@" 2> /dev/null
}
# The lines of CLUSTER NODES that speak of servers with which the one that is asked has a connection, itself among them:
# id, address, flags, primary, ping, pong, epoch, state, slots …
known() { ask "$1" cluster nodes | awk '$3 !~ /handshake|noaddr|fail/ && $8 == "connected"'; }
address() { getent hosts "${1%:*}" | awk '{ print $1; exit }'; }
# A primary without any slots.
is_idle() { ask "$1" cluster nodes | awk '$3 ~ /myself,master/ && NF < 9 { idle = 1 } END { exit !idle }'; }

# A replica that looks for its primary at an address that it had before.
primary_of() { ask "$1" cluster nodes | awk '$3 ~ /myself,slave/ { print $4 }'; }
is_astray() {
  id=$(primary_of "$1")
  [ -n "$id" ] || return 1
  at=$(ask "$1" cluster nodes | awk -v id="$id" '$1 == id { split($2, part, /[:,@]/); print part[1] }')
  [ "$at" != "$(ask "$1" role | sed -n 2p)" ]
}

# A replica that has the data of its primary: another could not take over.
is_synced() {
  role=$(ask "$1" role)
  [ "$(echo "$role" | sed -n 1p)" != slave ] || [ "$(echo "$role" | sed -n 4p)" = connected ]
}

is_whole() {
  for one in "$@"; do
    ask "$one" cluster info | grep -q '^cluster_state:ok' || return 1
    [ "$(known "$one" | wc -l)" -eq $# ] || return 1
    ! is_idle "$one" || return 1
    ! is_astray "$one" || return 1
    is_synced "$one" || return 1
  done
}

introduce() {
  for one in "$@"; do
    [ "$(known "$one" | wc -l)" -lt $# ] || continue
    for other in "$@"; do
      to=$(address "$other")
      [ -z "$to" ] || [ "$one" = "$other" ] || ask "$one" cluster meet "$to" "${other##*:}" > /dev/null || true
    done
  done
}

all_know_all() {
  for one in "$@"; do [ "$(known "$one" | wc -l)" -ge $# ] || return 1; done
}

# Only where nobody has any: those of a primary that is away are its own still, or its replica's.
share_out() {
  for one in "$@"; do
    ask "$one" cluster info | grep -q '^cluster_slots_assigned:0' || return 0
  done
  half=$(($# / 2)) n=0
  for one in "$@"; do
    [ $n -lt $half ] || break
    ask "$one" cluster addslotsrange $((16384 * n / half)) $((16384 * (n + 1) / half - 1)) > /dev/null
    n=$((n + 1))
  done
  # What each has is told to the others before they choose.
  sleep 3
}

# The primary that has the fewest replicas, as a server sees it.
neediest() {
  known "$1" | awk '
    $3 ~ /master/ && NF > 8 { primary[$1] = 1 }
    $3 ~ /slave/ { replicas[$4]++ }
    END { for (id in primary) print replicas[id] + 0, id }' | sort -n | awk 'NR == 1 { print $2 }'
}

follow() {
  for one in "$@"; do
    if is_idle "$one"; then
      primary=$(neediest "$one")
    elif is_astray "$one"; then
      primary=$(primary_of "$one")
    else
      continue
    fi
    [ -n "$primary" ] || continue
    ask "$one" cluster replicate "$primary" > /dev/null || true
    # The next one is to see this one's choice.
    sleep 2
  done
}

# A server that came back without its volume is a new one to the others: the one that it was is no more. While all that there are know
# one another, whoever else has failed is such a one.
forget() {
  gone=$(for one in "$@"; do ask "$one" cluster nodes; done | awk '
    $3 ~ /fail(,|$)/ { gone[$1] = 1 }
    $3 !~ /fail/ && $8 == "connected" { lives[$1] = 1 }
    END { for (id in gone) if (!lives[id]) print id }')
  for id in $gone; do
    for one in "$@"; do ask "$one" cluster forget "$id" > /dev/null || true; done
  done
}

while true; do
  if is_whole "$@"; then
    touch "$whole"
    forget "$@"
  else
    rm -f "$whole"
    introduce "$@"
    if all_know_all "$@"; then
      share_out "$@"
      follow "$@"
    fi
  fi
  sleep 2
done
