#!/bin/sh
set -e
case "$1" in
  upgrade) ;;
  *) rm -f '/usr/bin/${executable}' ;;
esac
