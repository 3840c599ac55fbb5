package io.kefuhub.bench.proof;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What must not happen and did. Safe for threads. */
final class Trouble {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    void add(String line) {
        lines.add(line);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
