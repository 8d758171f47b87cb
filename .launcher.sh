# What ./idiom and ./idiom-train share; they set root, module, jar, sources and options.

fail() {
  echo "idiom: $1" >&2
  exit 1
}

# Feature version of the Java in a home folder: 17, 25; 0 if there is none.
java_feature() {
  [ -x "$1/bin/java" ] || { echo 0; return; }
  version=
  if [ -r "$1/release" ]; then
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  fi
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n '1s/^[^"]*"\([0-9]*\).*/\1/p')
  fi
  echo "${version:-0}"
}

# Home folder of the java on the PATH, links resolved; empty if there is none.
path_home() {
  found=$(command -v java) || return 0
  while [ -h "$found" ]; do
    link=$(readlink "$found")
    case $link in
      /*) found=$link ;;
      *) found=$(dirname "$found")/$link ;;
    esac
  done
  dirname "$(dirname "$found")"
}

# Runs with the newest Java there is and builds with the oldest JDK, 17 or newer both: the build treats warnings as
# errors, and new compilers find new ones. The first of equals wins, so JAVA_HOME decides between two builds of one.
find_java() {
  run_home= run_feature=16 build_home= build_feature=9999
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
      "${HOME:-}"/.sdkman/candidates/java/* "$(path_home)"; do
    [ -n "$home" ] || continue
    feature=$(java_feature "$home")
    [ "$feature" -ge 17 ] || continue
    if [ "$feature" -gt "$run_feature" ]; then
      run_home=$home run_feature=$feature
    fi
    if [ -x "$home/bin/javac" ] && [ "$feature" -lt "$build_feature" ]; then
      build_home=$home build_feature=$feature
    fi
  done
  if [ -n "${IDIOM_JAVA:-}" ]; then
    run_home=$(dirname "$(dirname "$IDIOM_JAVA")")
    run_feature=$(java_feature "$run_home")
  fi
  [ "$run_feature" -ge 17 ] && [ -n "$run_home" ] \
    || fail "Java 17 or newer is needed and was not found: apt install openjdk-17-jdk (or set JAVA_HOME)"
}

is_stale() {
  stamp=$root/$module/target/.built
  [ -f "$jar" ] && [ -f "$stamp" ] || return 0
  set -- "$root/pom.xml"
  for source in $sources; do
    set -- "$@" "$root/$source/pom.xml" "$root/$source/src/main"
    # Packed into the program as well.
    for packed in recipes core lv2 clap Makefile; do
      [ ! -e "$root/$source/$packed" ] || set -- "$@" "$root/$source/$packed"
    done
  done
  [ -n "$(find "$@" -newer "$stamp" 2>/dev/null | head -n 1)" ]
}

build() {
  command -v mvn >/dev/null 2>&1 \
    || fail "Maven is needed to build Idiom and was not found: apt install maven"
  [ -n "$build_home" ] \
    || fail "a JDK (with javac), 17 or newer, is needed to build Idiom: apt install openjdk-17-jdk"
  echo "idiom: building $module (the first time fetches libraries and takes a few minutes) ..." >&2
  mkdir -p "$root/$module/target"
  # The stamp carries the time before the build: what is edited meanwhile is stale.
  touch "$root/$module/target/.building"
  # shellcheck disable=SC2086
  (cd "$root" && JAVA_HOME=$build_home mvn -q -B ${IDIOM_BUILD_OPTIONS:-} -pl "$module" -am package -Dmaven.test.skip=true) >&2 \
    || fail "the build failed; the lines above say why (mvn -pl $module -am package says more)"
  mv "$root/$module/target/.building" "$root/$module/target/.built"
}

# Two that are started at once would build into one folder at once. The lock is a folder with the builder's process number
# in it; one whose builder has died is taken over.
lock() {
  lock=$root/target/.lock
  mkdir -p "$root/target"
  said=
  until mkdir "$lock" 2>/dev/null; do
    builder=$(cat "$lock/pid" 2>/dev/null || true)
    if [ -n "$builder" ] && ! kill -0 "$builder" 2>/dev/null; then
      rm -rf "$lock"
    else
      [ -n "$said" ] || echo "idiom: another idiom is building; waiting for it ..." >&2
      said=yes
      sleep 1
    fi
  done
  echo $$ > "$lock/pid"
  trap 'rm -rf "$lock"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
}

unlock() {
  rm -rf "$lock"
  trap - EXIT INT TERM
}

find_java
if is_stale; then
  lock
  # Whoever held the lock may have built it.
  if is_stale; then
    build
  fi
  unlock
fi
if [ "$run_feature" -ge 24 ]; then
  # Elsewhere native libraries load without being announced.
  options="$options --enable-native-access=ALL-UNNAMED"
fi
# shellcheck disable=SC2086
exec "$run_home/bin/java" $options ${IDIOM_JAVA_OPTIONS:-} -Didiom.launcher="$root/$(basename "$program")" -jar "$jar" "$@"
