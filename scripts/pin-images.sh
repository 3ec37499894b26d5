#!/bin/sh
# Fixes the images that docker-compose.yml builds on to the bytes that their tags stand for now: pulls them, and writes their
# digests into .env. Run it again for newer ones. ENGINE=podman asks Podman in place of Docker.
set -eu
umask 077
cd "$(dirname "$0")/.."
engine=${ENGINE:-docker}
draft=.env.new
trap 'rm -f "$draft"' EXIT

[ -e .env ] || { echo 'There is no .env yet: copy .env.example to .env first.' >&2; exit 1; }
grep -Ev '^(# Images by digest|CIMAISE_(REDIS|NODE)_IMAGE=)' .env >"$draft" || true
echo "# Images by digest, of $(date -u +%Y-%m-%d); scripts/pin-images.sh writes them." >>"$draft"
for image in CIMAISE_REDIS_IMAGE=redis:7-alpine CIMAISE_NODE_IMAGE=node:24-bookworm-slim; do
  setting=${image%%=*} tag=${image#*=}
  "$engine" pull "$tag" >&2
  digest=$("$engine" image inspect --format '{{range .RepoDigests}}{{println .}}{{end}}' "$tag" |
    sed -n 's/.*@\(sha256:[0-9a-f]\{64\}\)$/\1/p' | head -n 1)
  [ -n "$digest" ] || { echo "$engine knows no digest of $tag. .env is as it was." >&2; exit 1; }
  echo "$setting=${tag%%:*}@$digest" >>"$draft"
done
mv "$draft" .env
grep '_IMAGE=' .env
