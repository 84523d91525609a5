# Sourced, not run. Puts a JDK 25 into JAVA_HOME, wherever this machine keeps it.
# shellcheck shell=bash

keyledger_is_jdk25() {
  [[ -x $1/bin/javac && -f $1/release ]] && grep -q '^JAVA_VERSION="25[".]' "$1/release"
}

keyledger_find_jdk25() {
  local candidate on_path
  on_path=$(command -v javac || command -v java || true)
  if [[ -n $on_path ]]; then
    on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
    on_path=$(dirname "$(dirname "$on_path")")
  fi
  for candidate in \
    "${JAVA_HOME:-}" \
    "$on_path" \
    /usr/lib/jvm/* \
    /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* \
    "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [[ -n $candidate ]] && keyledger_is_jdk25 "$candidate"; then
      echo "$candidate"
      return
    fi
  done
  return 1
}

if ! JAVA_HOME=$(keyledger_find_jdk25); then
  echo "Keyledger needs a JDK 25 and found none: install one, or name it in JAVA_HOME." >&2
  exit 1
fi
export JAVA_HOME
