# Prepares fast starts, once for each Java and each version of the hub. Read by bin/kefuhub, not run.
#
# What compiles WASM modules takes the place of an empty module of the Java's own, and a Java in which a module is replaced
# reads no archive of loaded classes. So a copy of the Java is made that lacks the empty module, and a hub is started on it
# once, in a folder that is thrown away, to write down what it loads and runs.

# Prints a number that changes with the Java, the hub's files, and the flags.
name_of_start() {
    {
        echo "$KEFUHUB_DIST $java"
        cat "$java/release" "$KEFUHUB_DIST/conf/jvm.args" "$KEFUHUB_HOME/conf/jvm.args" "$KEFUHUB_DIST/bin/prepare.sh" \
            2>/dev/null || true # Most homes have no flags.
        # Another jar may have as many bytes.
        ls -lnL --time-style=+%s "$KEFUHUB_DIST"/lib/*.jar
    } | cksum | tr ' ' -
}

# Prints the folder of the start that was prepared for this Java and this hub, or nothing.
prepared_start() {
    [ -d "$KEFUHUB_HOME/prepared" ] || [ -d "$KEFUHUB_DIST/prepared" ] || return 0
    name=$(name_of_start)
    for folder in "$KEFUHUB_HOME/prepared/$name" "$KEFUHUB_DIST/prepared/$name"; do
        if [ -f "$folder/hub.aot" ]; then
            printf '%s\n' "$folder"
            return 0
        fi
    done
}

# Copies the Java without its empty compiler, and without the tool that copies, which copies itself in no Java.
# What an admin may have changed in it, such as trusted certificates, stays where it is.
copy_java() {
    modules=$("$java/bin/java" --list-modules | sed 's/@.*//' \
        | grep -v -x -e jdk.graal.compiler -e jdk.graal.compiler.management -e jdk.jlink -e jdk.jpackage | paste -s -d , -)
    "$java/bin/jlink" --add-modules "$modules" --no-header-files --no-man-pages --output "$1" || return 1
    rm -r "$1/conf" && ln -s "$(readlink -f "$java/conf")" "$1/conf"
    ln -s -f "$(readlink -f "$java/lib/security/cacerts")" "$1/lib/security/cacerts"
}

# Removes what was prepared for another Java or hub, unless a hub still runs on it.
remove_others() {
    for other in "$1"/*; do
        [ "$other" != "$2" ] && [ -d "$other" ] || continue
        readlink /proc/[0-9]*/exe 2>/dev/null | grep -q -F "$other/" || rm -rf "$other"
    done
}

prepare() {
    if [ -n "$(prepared_start)" ]; then
        echo "kefuhub: fast starts are prepared already"
        return 0
    fi
    if [ ! -x "$java/bin/jlink" ]; then
        echo "kefuhub: preparing fast starts takes a JDK, with bin/jlink; $java has none. The hub starts without it, only slower." >&2
        return 1
    fi
    prepared=$KEFUHUB_DIST/prepared
    mkdir -p "$prepared" 2>/dev/null && [ -w "$prepared" ] || prepared=$KEFUHUB_HOME/prepared
    folder=$prepared/$(name_of_start)
    making=$folder.making.$$
    mkdir -p "$making"
    # The database, which runs as another user where this is root, must be able to enter.
    rehearsal=$(mktemp -d)
    chmod 711 "$rehearsal"
    trap 'rm -rf "$making" "$rehearsal"' EXIT
    trap 'exit 130' INT TERM HUP
    echo "kefuhub: preparing fast starts in $prepared, 230 MB (1 of 2: a copy of the Java)"
    if ! copy_java "$making/java" >"$making/log" 2>&1; then
        cat "$making/log" >&2
        echo "kefuhub: this Java cannot be copied, see above. The hub starts without it, only slower." >&2
        return 1
    fi
    echo "kefuhub: preparing fast starts (2 of 2: a rehearsal, about 20 seconds)"
    if ! (KEFUHUB_HOME=$rehearsal && prepared_java "$making" "-XX:AOTCacheOutput=$making/hub.aot" rehearse) >"$making/log" 2>&1 || [ ! -f "$making/hub.aot" ]; then
        grep -v "^Picked up JAVA" "$making/log" | tail -n 20 >&2
        echo "kefuhub: the rehearsal failed, see above. The hub starts without it, only slower." >&2
        return 1
    fi
    rm "$making/log"
    # Whoever prepared the same at the same time may have been first.
    mv -T "$making" "$folder" 2>/dev/null || [ -f "$folder/hub.aot" ]
    remove_others "$prepared" "$folder"
    echo "kefuhub: fast starts are prepared"
}
