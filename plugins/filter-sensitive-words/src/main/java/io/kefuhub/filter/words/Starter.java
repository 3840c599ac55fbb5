package io.kefuhub.filter.words;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Lists that come with the plugin, for those who have none yet. */
final class Starter {
    static final String NONE = "none";
    static final List<String> NAMES = List.of(NONE, "shop", "school");

    private Starter() {}

    /** The lines of one of them, as in a file; none of the one that is called so. */
    static List<String> lines(String name) {
        if (name.equals(NONE) || !NAMES.contains(name)) return List.of();
        try (var in = Starter.class.getResourceAsStream("list/" + name + ".csv")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
