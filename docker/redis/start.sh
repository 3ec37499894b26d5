#!/bin/sh
# Starts Redis in a container, over the volume that it stands in; what is given to it goes to redis-server.
#
#   CIMAISE_SETUP_PASSWORD_FILE  the password of `default` on the first start, by which Cimaise makes its accounts
# and on one of several servers (docs/operations.md):
#   CIMAISE_NODES_PASSWORD_FILE  the password by which the servers and the Sentinels know one another
#   CIMAISE_NODE                 this server, as all others reach it: host:port
#   CIMAISE_PRIMARY              the server that takes the changes at first
#   CIMAISE_SENTINELS            the Sentinels, with spaces between them; none in a cluster
set -eu
umask 077

# Of letters and digits: the files of Redis and of Sentinels have no way to write others that both read again.
secret() {
  content=$(cat "$2")
  case $content in
    '') echo "The first start needs a password in secrets/$1 (docs/docker.md)." >&2 && exit 1 ;;
    *[!A-Za-z0-9._-]*)
      if [ -n "${CIMAISE_NODE:-}" ]; then
        echo "The password in secrets/$1 may have letters, digits, '.', '_' and '-' only." >&2 && exit 1
      fi
      ;;
  esac
  printf %s "$content"
}
digest() { printf %s "$1" | sha256sum | cut -d ' ' -f 1; }

# The ACL file is made on the first start only. `default` may do everything in it, as Redis replays the append-only
# file as `default`; the gallery's server makes its accounts and then stops logins as `default`.
# HEALTH may ask whether Redis answers, and nothing else: no account of a gallery can have this name.
if [ ! -s users.acl ]; then
  password=$(secret setup_password "$CIMAISE_SETUP_PASSWORD_FILE")
  echo "user default on #$(digest "$password") ~* &* +@all" > users.acl.new
  if [ -n "${CIMAISE_NODE:-}" ]; then
    password=$(secret nodes_password "$CIMAISE_NODES_PASSWORD_FILE")
    login="on #$(digest "$password") resetchannels -@all"
    {
      echo "user replication $login +psync +replconf +ping"
      if [ -n "${CIMAISE_SENTINELS:-}" ]; then
        echo "user sentinel $login &* +multi +exec +ping +info +role +publish +subscribe +psubscribe +slaveof +replicaof" \
          '+config|rewrite +client|setname +client|kill +script|kill +failover'
      else
        echo "user cluster $login +ping +role +cluster|nodes +cluster|info +cluster|meet +cluster|addslotsrange" \
          '+cluster|replicate +cluster|forget'
      fi
    } >> users.acl.new
  fi
  mv users.acl.new users.acl
fi
if ! grep -q '^user HEALTH ' users.acl; then
  { cat users.acl; echo 'user HEALTH on nopass -@all +ping'; } > users.acl.new
  mv users.acl.new users.acl
fi

# One of several servers keeps its part in a file, which Redis writes anew when that changes. Who is the primary now, the Sentinels
# know: one that was it before it stopped follows the one that took over. Where they name a server whose volume is new, its data was
# lost: as a primary without any it would have its replicas drop theirs.
# Of Sentinels that disagree the one knows more that has seen the later change, by its config-epoch.
ask_sentinel() {
  place=$1 && shift
  timeout 3 redis-cli -h "${place%:*}" -p "${place##*:}" --user sentinel sentinel "$@" 2> /dev/null
}
epoch_of() { ask_sentinel "$1" master cimaise | grep -A 1 -x config-epoch | tail -n 1; }
# A change between the two questions would lend the old primary the new epoch: they are asked until the epoch stayed.
told_primary() {
  for sentinel in ${CIMAISE_SENTINELS:-}; do
    epoch=$(epoch_of "$sentinel")
    while [ -n "$epoch" ]; do
      before=$epoch
      primary=$(ask_sentinel "$sentinel" get-master-addr-by-name cimaise | tr '\n' ':')
      epoch=$(epoch_of "$sentinel")
      [ "$epoch" != "$before" ] || break
    done
    [ -z "$epoch" ] || case $primary in *:[0-9]*:) echo "$epoch ${primary%:}" ;; esac
  done | sort -n | tail -n 1 | cut -d ' ' -f 2
}
if [ -n "${CIMAISE_NODE:-}" ]; then
  password=$(secret nodes_password "$CIMAISE_NODES_PASSWORD_FILE")
  told=$(REDISCLI_AUTH=$password && export REDISCLI_AUTH && told_primary)
  primary=${told:-${CIMAISE_PRIMARY:-$CIMAISE_NODE}}
  if [ -s redis.conf ]; then
    [ -z "$told" ] || [ "$told" = "$CIMAISE_NODE" ] || set -- "$@" --replicaof "${told%:*}" "${told##*:}"
  else
    if [ "$told" = "$CIMAISE_NODE" ]; then
      echo 'This server is the primary and has no data any more. It waits until another has taken over.' >&2
      exit 1
    fi
    {
      printf 'masteruser replication\nmasterauth %s\n' "$password"
      [ "$primary" = "$CIMAISE_NODE" ] || echo "replicaof ${primary%:*} ${primary##*:}"
    } > redis.conf.new
    mv redis.conf.new redis.conf
  fi
fi

# After a power cut the append-only file may end in zeros or garbage, with which Redis does not start: that end is cut
# off, and the file as it was is kept in damaged/, the newest three. What cannot be mended so, Redis itself reports.
manifest=appendonlydir/appendonly.aof.manifest
if [ -e $manifest ] && ! report=$(redis-check-aof $manifest 2>&1); then
  name=$(printf '%s\n' "$report" | sed -n 's/^AOF analyzed: filename=\([^,]*\),.*/\1/p' | tail -n 1)
  mkdir -p damaged
  copy=damaged/$(date -u +%Y-%m-%dT%H%M%SZ)-$name
  if [ -n "$name" ] && cp -p "appendonlydir/$name" "$copy" &&
    report=$(echo y | redis-check-aof --fix $manifest 2>&1); then
    echo "$name was damaged at its end, as a power cut leaves it. A copy of it is $PWD/$copy."
    printf '%s\n' "$report" | grep '^This will shrink' | sed 's/^This will shrink/Redis shrank/'
    ls -t damaged/* | tail -n +4 | while read -r old; do rm -- "$old"; done
    if [ -n "${CIMAISE_NODE:-}" ]; then
      # As primary it would have its replicas drop what it has lost: one of them takes over meanwhile.
      echo 'The other servers have later data: this one waits 15 s before it starts.'
      sleep 15
    fi
  else
    rm -f "$copy"
    printf 'The append-only file is damaged and was left as it is:\n%s\n' "$report" >&2
  fi
fi

# Of the container's memory Redis may fill 60 %: the rest is for the copy that rewriting the file takes, and for buffers.
memory=$(awk '/^MemTotal/ { printf "%.0f", $2 * 1024 }' /proc/meminfo)
for file in /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes; do
  limit=$(cat $file 2> /dev/null || echo max)
  case $limit in *[!0-9]*) ;; *) [ "$limit" -gt "$memory" ] || memory=$limit ;; esac
done

exec redis-server ${CIMAISE_NODE:+redis.conf} \
  --dir . --aclfile users.acl \
  --appendonly yes --appendfsync everysec --save "" \
  --maxmemory $((memory / 10 * 6)) --maxmemory-policy volatile-lru --maxmemory-clients 256mb \
  --proto-max-bulk-len 8mb --client-query-buffer-limit 64mb \
  --client-output-buffer-limit normal 256mb 64mb 60 --tcp-keepalive 60 \
  --hash-max-listpack-entries 64 --hash-max-listpack-value 1024 --stream-node-max-bytes 1024 --repl-diskless-sync-delay 0 \
  "$@"
