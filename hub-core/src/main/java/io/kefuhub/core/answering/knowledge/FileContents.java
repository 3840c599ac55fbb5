package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;

/** What an import file holds: the entries that could be read, and all that is wrong. */
public record FileContents(List<Item> items, List<FileProblem> problems) {
    public FileContents {
        items = List.copyOf(items);
        problems = List.copyOf(problems);
    }

    /** An entry, and the line where it begins. */
    public record Item(int line, EntryContent content) {}

    public List<EntryContent> contents() {
        return items.stream().map(Item::content).toList();
    }

    /** These contents, with a problem for each channel that is named and is not there. */
    FileContents withStrangeChannelsNamed(Set<String> channels) {
        var found = new ArrayList<>(problems);
        for (var item : items) {
            for (var channel : item.content.reach().channels()) {
                if (channels.contains(channel)) continue;
                found.add(
                        new FileProblem(item.line, new Words("there is no channel \"%s\"", "没有渠道“%s”").with(channel)));
            }
        }
        return new FileContents(items, found);
    }

    /** These contents, with a problem for each question that is asked twice in one language. */
    FileContents withDoublesNamed() {
        var found = new ArrayList<>(problems);
        var seen = new HashMap<String, Item>();
        for (var item : items) {
            var earlier = seen.putIfAbsent(item.content.identity(), item);
            if (earlier == null) continue;
            found.add(new FileProblem(
                    item.line,
                    new Words(
                                    "the question \"%s\" is already asked in line %s; join the two entries",
                                    "问题“%s”在第 %s 行已经有了；请合并这两个条目")
                            .with(item.content.question(), earlier.line)));
        }
        return new FileContents(items, found);
    }
}
