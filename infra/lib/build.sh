# Sourced, not run. Builds the jars that the local set-up and the demo run, if a source is newer than they are.
# shellcheck shell=bash

keyledger_build() {
  local home=$1 jar stale=
  # Jars carry the time of the commit, for the same bytes everywhere; this file has the build's own.
  local stamp=$home/target/built
  for jar in command-side/target/command-side.jar query-side/target/query-side.jar \
    infra/local/target/keyledger-local-exec.jar infra/e2e/target/keyledger-demo.jar \
    infra/audit/target/keyledger-audit.jar infra/subscriber-sample/target/subscriber-sample.jar; do
    [[ -f $home/$jar ]] || stale=yes
  done
  if [[ -z $stale && -f $stamp ]]; then
    stale=$(cd "$home" && find pom.xml shared-events command-side query-side \
      infra/crypto infra/signatures infra/tlog infra/replay infra/http infra/local infra/testkit infra/client infra/e2e \
      infra/audit infra/subscriber-sample \
      \( -name target -o -name test \) -prune -o \
      -type f \( -path '*/src/main/*' -o -name pom.xml \) -newer "$stamp" -print -quit)
  else
    stale=yes
  fi
  if [[ -n $stale ]]; then
    command -v mvn >/dev/null || {
      echo "Keyledger is built with Maven (3.8 or newer), and there is no mvn here: install it." >&2
      exit 1
    }
    echo "Building Keyledger (the first time this downloads its libraries)"
    mkdir -p "$home/target"
    touch "$stamp.new" # a file saved while the build runs is newer than this
    local quiet=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
    (cd "$home" && MAVEN_OPTS="${MAVEN_OPTS:-} ${quiet[*]}" \
      mvn -q -DskipTests -pl command-side,query-side,infra/local,infra/e2e,infra/audit,infra/subscriber-sample -am package)
    echo "Training the services for faster starts (once per build)"
    "$JAVA_HOME/bin/java" "${quiet[@]}" \
      -jar "$home/infra/local/target/keyledger-local-exec.jar" "$home" --train ||
      echo "All works, but starts will not be faster: the training run ended with status $?"
    mv "$stamp.new" "$stamp"
  fi
}
