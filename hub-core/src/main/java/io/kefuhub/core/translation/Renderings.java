package io.kefuhub.core.translation;

import io.kefuhub.api.message.Part;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;

/** The words of a message, taken out of it and put back in another language. */
final class Renderings {
    private Renderings() {}

    /** All that is to be translated, in order. */
    static List<String> texts(List<Part> parts) {
        var texts = new ArrayList<String>();
        for (var part : parts) {
            switch (part) {
                case Part.Text(var text) -> texts.add(text);
                case Part.Menu(var text, var options) -> {
                    texts.add(text);
                    options.forEach(option -> texts.add(option.text()));
                }
                case Part.Media _, Part.Unsupported _ -> {}
            }
        }
        return texts;
    }

    static String text(List<Part> parts) {
        return texts(parts).stream().collect(Collectors.joining("\n"));
    }

    /** The same parts with these words, as many as {@link #texts} gave. */
    static List<Part> with(List<Part> parts, List<String> words) {
        var next = words.iterator();
        return parts.stream().map(part -> with(part, next)).toList();
    }

    private static Part with(Part part, Iterator<String> words) {
        return switch (part) {
            case Part.Text _ -> new Part.Text(words.next());
            case Part.Menu(var _, var options) -> {
                var text = words.next();
                yield new Part.Menu(
                        text,
                        options.stream()
                                .map(option -> new Part.Menu.Option(option.id(), words.next()))
                                .toList());
            }
            case Part.Media media -> media;
            case Part.Unsupported unsupported -> unsupported;
        };
    }
}
