# Sourced by ./overseer and ./dev: finds a JDK that can build and run Overseer, and Maven, or says
# what to do. Written for bash 3.2, which is what macOS has.

JDK_NEEDED=25

# The file behind a path that may be a symbolic link to a symbolic link.
real_path() {
  local path=$1 target
  while [[ -L $path ]]; do
    target=$(readlink "$path")
    [[ $target == /* ]] || target=$(dirname "$path")/$target
    path=$target
  done
  printf '%s/%s\n' "$(cd -P "$(dirname "$path")" && pwd)" "$(basename "$path")"
}

# Sets jdk_version to the feature version of the JDK at $1; 0 when there is no JDK (a runtime without javac is none).
read_jdk_version() {
  local line
  jdk_version=0
  [[ -x $1/bin/javac && -r $1/release ]] || return 0
  while IFS= read -r line; do
    if [[ $line =~ ^JAVA_VERSION=\"([0-9]+) ]]; then
      jdk_version=${BASH_REMATCH[1]}
      return 0
    fi
  done <"$1/release"
}

# JAVA_HOME if it serves, else java on the PATH, else the oldest JDK that serves of those in the usual places.
find_jdk() {
  local candidate best= best_version=0 on_path
  jdk_seen=
  if [[ -n ${JAVA_HOME:-} ]]; then
    read_jdk_version "$JAVA_HOME"
    if ((jdk_version >= JDK_NEEDED)); then return 0; fi
    jdk_seen+="  JAVA_HOME=$JAVA_HOME ($(describe_jdk_version))"$'\n'
  fi
  if on_path=$(command -v java); then
    candidate=$(dirname "$(dirname "$(real_path "$on_path")")")
    read_jdk_version "$candidate"
    if ((jdk_version >= JDK_NEEDED)); then
      JAVA_HOME=$candidate
      return 0
    fi
    jdk_seen+="  java on the PATH: $candidate ($(describe_jdk_version))"$'\n'
  fi
  for candidate in /usr/lib/jvm/* /opt/* /opt/*/* /usr/local/opt/*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.jdks/*/Contents/Home \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
    read_jdk_version "$candidate"
    if ((jdk_version >= JDK_NEEDED && (best_version == 0 || jdk_version < best_version))); then
      best=$candidate
      best_version=$jdk_version
    fi
  done
  if [[ -z $best && -x /usr/libexec/java_home ]]; then
    best=$(/usr/libexec/java_home -F -v "$JDK_NEEDED+" 2>/dev/null || true)
  fi
  [[ -n $best ]] || return 1
  JAVA_HOME=$best
}

describe_jdk_version() {
  if ((jdk_version == 0)); then printf 'no JDK'; else printf 'version %s' "$jdk_version"; fi
}

require_jdk() {
  if find_jdk; then
    export JAVA_HOME
    return 0
  fi
  {
    echo "Overseer needs a JDK of version $JDK_NEEDED or newer, and none was found."
    if [[ -n $jdk_seen ]]; then printf 'Looked at, among others:\n%s' "$jdk_seen"; fi
    echo "Install one (Eclipse Temurin $JDK_NEEDED, your system's openjdk-$JDK_NEEDED-jdk, or: sdk install java $JDK_NEEDED-tem)"
    echo "and set JAVA_HOME to its directory, or put its bin directory on the PATH; then run this command again."
  } >&2
  exit 1
}

# Sets the array maven to the command that runs Maven on the JDK found above.
require_maven() {
  local candidate
  for candidate in "$(command -v mvn || true)" "${MAVEN_HOME:+$MAVEN_HOME/bin/mvn}" "$HOME"/.sdkman/candidates/maven/current/bin/mvn /opt/maven/bin/mvn; do
    if [[ -n $candidate && -x $candidate ]]; then
      maven=("$candidate" -B)
      # Maven's own libraries still use Unsafe; the warning is not for our readers.
      export MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
      return 0
    fi
  done
  {
    echo "Overseer is built by Maven 3.8 or newer, and no mvn was found on the PATH, in MAVEN_HOME or in ~/.sdkman."
    echo "Install it (your system's maven package, or: sdk install maven); then run this command again."
  } >&2
  exit 1
}
