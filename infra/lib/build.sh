# Sourced, not run. Builds the jars that the local set-up and the demo run, if a source is newer than they are.
# shellcheck shell=bash

keyledger_build() {
  local home=$1 built=$1/target/built jar since= stale=yes
  # Jars carry the time of the commit, for the same bytes everywhere. What they are as new as is told by files beside
  # them: this function's own, or the one that Maven leaves when it begins, if every jar was written after that.
  [[ -f $built ]] && since=$built
  if keyledger_all_newer "$home" "$home/target/building" && [[ $home/target/building -nt $built ]]; then
    since=$home/target/building
  fi
  for jar in command-side/target/command-side.jar query-side/target/query-side.jar \
    infra/local/target/keyledger-local-exec.jar infra/e2e/target/keyledger-demo.jar \
    infra/audit/target/keyledger-audit.jar infra/subscriber-sample/target/subscriber-sample.jar; do
    [[ -f $home/$jar ]] || since=
  done
  if [[ -n $since ]]; then
    stale=$(cd "$home" && find pom.xml shared-events command-side query-side \
      infra/crypto infra/signatures infra/tlog infra/replay infra/http infra/local infra/testkit infra/client infra/e2e \
      infra/audit infra/subscriber-sample \
      \( -name target -o -name test \) -prune -o \
      -type f \( -path '*/src/main/*' -o -name pom.xml \) -newer "$since" -print -quit)
  fi
  [[ -z $stale && $since == "$built" ]] && return
  mkdir -p "$home/target"
  local quiet=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
  if [[ -n $stale ]]; then
    command -v mvn >/dev/null || {
      echo "Keyledger is built with Maven (3.8 or newer), and there is no mvn here: install it." >&2
      exit 1
    }
    echo "Building Keyledger (the first time this downloads its libraries)"
    (cd "$home" && MAVEN_OPTS="${MAVEN_OPTS:-} ${quiet[*]}" \
      mvn -q -DskipTests -pl command-side,query-side,infra/local,infra/e2e,infra/audit,infra/subscriber-sample -am package)
    since=$home/target/building
  fi
  touch -r "$since" "$built.new"
  echo "Training the services for faster starts (once per build)"
  "$JAVA_HOME/bin/java" "${quiet[@]}" \
    -jar "$home/infra/local/target/keyledger-local-exec.jar" "$home" --train ||
    echo "All works, but starts will not be faster: the training run ended with status $?"
  mv "$built.new" "$built"
}

# Whether Maven has written all jars after this file.
keyledger_all_newer() { # <home> <file>
  local jar
  [[ -f $2 ]] || return
  for jar in command-side/target/command-side.jar.original query-side/target/query-side.jar.original \
    infra/local/target/keyledger-local.jar infra/e2e/target/keyledger-demo.jar.original \
    infra/audit/target/keyledger-audit.jar.original infra/subscriber-sample/target/subscriber-sample.jar.original; do
    [[ $1/$jar -nt $2 ]] || return
  done
}
