#!/bin/sh
# Counts one end of a flow:  count.sh orders.received 5
# DAYTWO names the server; counting never fails the caller.
count() {
  curl --silent --show-error --max-time 1 --request POST --output /dev/null \
    "${DAYTWO:-http://127.0.0.1:9420}/api/daytwo/v1/count/$1?n=${2:-1}" || true
}

count "$@"
