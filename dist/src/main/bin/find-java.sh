# Finds a Java 25 that can run the hub, 25.0.2 or newer. Read by the launchers, not run.

# Says whether a Java home holds a version that suits, and the program that is asked for (java or javac).
java_suits() {
    [ -x "$1/bin/$2" ] || return 1
    version=$(sed -n 's/^JAVA_VERSION="\(.*\)"$/\1/p' "$1/release" 2>/dev/null)
    [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([^"]*\)".*/\1/p' | head -n 1)
    case $version in
        25.0.0 | 25.0.0.* | 25.0.1 | 25.0.1.*) return 1 ;;
        25.*) return 0 ;;
        *) return 1 ;;
    esac
}

# Prints the home of the first Java that suits: $1 is java or javac, $2 a folder to look in before the usual ones.
find_java() {
    if [ -n "${KEFUHUB_JAVA_HOME:-}" ]; then
        if java_suits "$KEFUHUB_JAVA_HOME" "$1"; then
            printf '%s\n' "$KEFUHUB_JAVA_HOME"
            return 0
        fi
        echo "kefuhub: KEFUHUB_JAVA_HOME must name a Java 25, 25.0.2 or newer, with bin/$1 in it." >&2
        return 1
    fi
    on_path=$(command -v java 2>/dev/null || true)
    [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for candidate in "$2" "${JAVA_HOME:-}" "${JAVA25_HOME:-}" "$on_path" \
        /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/* /opt/java/* /opt/jdk/* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
        "${HOME:-/nonexistent}"/.gradle/jdks/* "${HOME:-/nonexistent}"/.asdf/installs/java/* \
        "${HOME:-/nonexistent}"/.local/share/mise/installs/java/* "${HOME:-/nonexistent}"/.jbang/cache/jdks/*; do
        if [ -n "$candidate" ] && java_suits "$candidate" "$1"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    what="Java 25"
    [ "$1" = java ] || what="JDK 25"
    echo "kefuhub: no $what (25.0.2 or newer) was found; install one, for instance from https://adoptium.net, or set KEFUHUB_JAVA_HOME to its folder." >&2
    return 1
}
