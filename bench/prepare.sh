# Finds the JDK and builds the hub and its benchmark when they are missing or out of date. Read by the commands, not run.

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
dist=$root/dist/target/kefuhub-1.0.0
. "$root/dist/src/main/bin/find-java.sh"
KEFUHUB_JAVA_HOME=$(find_java javac "$root/runtime")
JAVA_HOME=$KEFUHUB_JAVA_HOME
export KEFUHUB_JAVA_HOME JAVA_HOME

# Says whether the build is as new as every source.
is_built() {
    [ -x "$dist/bin/kefuhub" ] && [ -f "$root/bench/target/built" ] \
        && [ -z "$(find "$root" \( -name target -o -name node_modules -o -name .git -o -name .kefuhub \) -prune \
            -o -type f \( -path '*/src/*' -o -name pom.xml \) -newer "$root/bench/target/built" -print | head -n 1)" ]
}

build() {
    is_built && return 0
    echo "building the hub and its benchmark" >&2
    mkdir -p "$root/bench/target"
    touch "$root/bench/target/began"
    (cd "$root" && mvn -q -B -DskipTests -Darchives.skip -pl dist,bench -am package)
    "$dist/bin/kefuhub" prepare >&2
    mv "$root/bench/target/began" "$root/bench/target/built"
}

# Runs a class of the benchmark with a new home; the home is kept when that fails, for whoever looks for the reason.
run() {
    # The database refuses to run as root; its service user must be able to enter the folder.
    home=$(mktemp -d)
    chmod 711 "$home"
    class=$1
    shift
    trap 'rm -rf "$home"; exit 130' INT TERM
    if "$JAVA_HOME/bin/java" -XX:+UseCompactObjectHeaders -Xmx768m -cp "$root/bench/target/classes:$dist/lib/*" \
        "io.kefuhub.bench.$class" "$dist" "$home" "$@"; then
        rm -rf "$home"
    else
        echo "the hub's home is kept in $home" >&2
        exit 1
    fi
}
