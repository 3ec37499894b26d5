#!/bin/sh
# Starts the proxy with the certificate in /tls (fullchain.pem and privkey.pem, as certbot names them). On the first start without one
# it makes one of its own, which browsers warn of.
set -eu
umask 077
cd /tls
if [ ! -s fullchain.pem ]; then
  name=${CIMAISE_ALLOWED_HOSTS:-localhost}
  names=$(printf 'DNS:%s' "$name" | sed 's/,/,DNS:/g')
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=${name%%,*}" \
    -addext "subjectAltName=$names,DNS:localhost,IP:127.0.0.1" -keyout privkey.pem -out fullchain.pem.new 2> /dev/null
  mv fullchain.pem.new fullchain.pem
  echo "No certificate was in /tls: made one for $name."
fi
cat fullchain.pem privkey.pem > /tmp/proxy.pem
exec haproxy -W -db -f /proxy/haproxy.cfg
