package io.kefuhub.core.answering.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The knowledge of the demo shop as tests use it: read from its files, all in one desk. */
final class DemoEntries {
    static final UUID DESK = new UUID(0, 1);
    static final Instant NOW = Instant.parse("2026-06-01T08:00:00Z");

    private DemoEntries() {}

    static FileContents read(String file) {
        return FileFormat.MARKDOWN.read(text("/demo/knowledge/" + file), ZoneOffset.UTC);
    }

    static List<KnowledgeEntry> entries() {
        var entries = new ArrayList<KnowledgeEntry>();
        for (var file : List.of("songlin.zh.md", "songlin.en.md")) {
            for (var content : read(file).contents()) entries.add(entry(entries.size() + 1, content));
        }
        return entries;
    }

    static KnowledgeEntry entry(int number, EntryContent content) {
        return new KnowledgeEntry(new EntryId(new UUID(7, number)), DESK, content, "", 1, NOW);
    }

    static String text(String resource) {
        try (var in = DemoEntries.class.getResourceAsStream(resource)) {
            if (in == null) throw new IllegalStateException("no " + resource);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
