package io.kefuhub.core.answering.knowledge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What a new hub answers from until it has knowledge of its own: a believable shop, in Chinese and English. */
public final class DemoKnowledge {
    private static final List<String> FILES = List.of("/demo/knowledge/songlin.zh.md", "/demo/knowledge/songlin.en.md");

    private DemoKnowledge() {}

    public static FileContents read() {
        var items = new ArrayList<FileContents.Item>();
        var problems = new ArrayList<FileProblem>();
        for (var file : FILES) {
            var contents = FileFormat.MARKDOWN.read(bytes(file), ZoneOffset.UTC);
            items.addAll(contents.items());
            problems.addAll(contents.problems());
        }
        return new FileContents(items, problems);
    }

    private static byte[] bytes(String file) {
        try (var in = DemoKnowledge.class.getResourceAsStream(file)) {
            if (in == null) throw new IllegalStateException(file + " is not in the jar");
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
