# What the scripts share: missing packages, the compiler, the release build. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '%s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# Debian packages that are missing, found by what they are for rather than by name. The math library is loaded when the first
# decomposition or solution of a linear system asks for it, the one that reads Markdown when a page is made.
missing_packages() {
  command -v git >/dev/null || echo git
  [ -e /usr/include/stdlib.h ] || echo libc6-dev
  compgen -G '/usr/lib/gcc/*/*/libstdc++.so' >/dev/null || echo g++
  [ -e /usr/include/histedit.h ] || echo libedit-dev
  [ -e /usr/include/xxhash.h ] || echo libxxhash-dev
  [ -e /usr/include/jansson.h ] || echo libjansson-dev
  [ -e /usr/include/md4c.h ] || echo libmd4c-dev
  [ -e /usr/include/zlib.h ] || echo zlib1g-dev
  command -v ld.gold >/dev/null || command -v ld >/dev/null || echo binutils
  [ -n "$(find /usr/lib /lib -name 'libopenblas.so.0*' -print -quit 2>/dev/null)" ] || echo libopenblas0-pthread
}

install_packages() {
  local packages privileged=()
  packages=$(missing_packages | tr '\n' ' ')
  [ -n "$packages" ] || return 0
  if ! command -v apt-get >/dev/null; then
    say "Missing, and apt-get is not here to install them (Debian's names): $packages"
    return 0
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "Missing packages; install them as root: apt-get install $packages"
      return 0
    fi
    privileged=(sudo)
  fi
  say "Installing with apt-get: $packages"
  # shellcheck disable=SC2086
  "${privileged[@]}" env DEBIAN_FRONTEND=noninteractive sh -c \
    "apt-get update -qq && apt-get install -y -qq --no-install-recommends $packages" >/dev/null ||
    say "apt-get failed; going on without"
}

need_swift() {
  if ! command -v swift >/dev/null && [ -x /opt/swift/usr/bin/swift ]; then
    PATH=/opt/swift/usr/bin:$PATH
  fi
  command -v swift >/dev/null || die "tnb is built with Swift 6.2 or later, and 'swift' is not in PATH.
Install it from https://www.swift.org/install/linux/ (swiftly does it in one command), then try again."
}

# Builds the release binary if anything changed; progress goes to standard error.
build_release() {
  install_packages
  need_swift
  [ -x "$root/.build/release/tnb" ] || say "Building tnb; the first time takes some minutes."
  local log
  log=$(mktemp)
  if ! (cd "$root" && swift build -c release --static-swift-stdlib --product tnb) >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    die "The build failed."
  fi
  rm -f "$log"
}
