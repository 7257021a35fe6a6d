#!/usr/bin/env bash
# Sees that Java 17 or later is there; installs Debian's where it is not and this user may.
set -euo pipefail

oldest=17
package=openjdk-17-jre-headless

# The major version of the Java that Spark would start; empty where there is none.
java_version() {
  local java=${JAVA_HOME:+$JAVA_HOME/bin/}java
  "$java" -version 2>&1 | sed -nE '1s/.*version "([0-9]+).*/\1/p' || true
}

is_enough() { [ -n "$1" ] && [ "$1" -ge "$oldest" ]; }

found=$(java_version)
is_enough "$found" && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ -z "${JAVA_HOME:-}" ]; then
  echo "Installing $package …"
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends -y "$package"; } >/dev/null
  found=$(java_version)
  is_enough "$found" && exit 0
fi
echo "Spark needs Java $oldest or later; found ${found:-none}${JAVA_HOME:+ in JAVA_HOME=$JAVA_HOME}." >&2
echo "Install it (Debian, Ubuntu: apt-get install $package), or name its folder in JAVA_HOME." >&2
exit 1
