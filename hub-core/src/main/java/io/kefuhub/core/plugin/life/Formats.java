package io.kefuhub.core.plugin.life;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of files that plugins come in. Immutable. */
record Formats(List<PluginFormat> all) {
    Formats {
        all = List.copyOf(all);
    }

    Optional<PluginFormat> of(String fileName) {
        return all.stream().filter(format -> fileName.endsWith(format.suffix())).findFirst();
    }

    String suffixes() {
        return all.stream().map(PluginFormat::suffix).collect(Collectors.joining(", "));
    }

    /** All that makes up the version that lies there now. */
    InputStream open(Path file) throws IOException {
        var name = file.getFileName().toString();
        var format = of(name);
        if (format.isEmpty()) return Files.newInputStream(file);
        try (var content = Files.newInputStream(file)) {
            var whole = format.get().whole(name, content, format.get().beside(file));
            return whole == content ? Files.newInputStream(file) : whole;
        }
    }

    /** All that makes up a version that was uploaded. */
    InputStream open(String fileName, byte[] uploaded) throws IOException {
        var content = new ByteArrayInputStream(uploaded);
        var format = of(fileName);
        return format.isEmpty() ? content : format.get().whole(fileName, content, Optional.empty());
    }
}
