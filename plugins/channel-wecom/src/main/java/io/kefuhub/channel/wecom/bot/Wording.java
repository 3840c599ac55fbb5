package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.message.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** How a reply reads where there is nothing but text. Pure. */
final class Wording {
    /** The most that the platform takes at once. */
    static final int MOST_BYTES = 20_480;

    /** Never more bytes than that, as no character of a string takes more than three. */
    static final int MOST_CHARACTERS = MOST_BYTES / 3;

    private Wording() {}

    /** The words of a reply; empty when it has none. */
    static String of(List<Part> parts) {
        return parts.stream().map(Wording::of).filter(text -> !text.isBlank()).collect(Collectors.joining("\n\n"));
    }

    private static String of(Part part) {
        return switch (part) {
            case Part.Text(var value) -> clean(value);
            case Part.Menu(var value, var options) -> {
                var lines = new StringBuilder(clean(value)).append('\n');
                for (var at = 0; at < options.size(); at++) {
                    lines.append('\n')
                            .append(at + 1)
                            .append(". ")
                            .append(clean(options.get(at).text()));
                }
                yield lines.toString();
            }
            case Part.Unsupported(var type) -> "[" + clean(type) + "]";
            case Part.Media _ -> "";
        };
    }

    /** Choices where there are no buttons. */
    static String lines(Part.Menu menu) {
        var lines = new StringBuilder(clean(menu.text())).append('\n');
        var options = menu.options();
        for (var at = 0; at < options.size(); at++) {
            lines.append('\n')
                    .append(at + 1)
                    .append(". ")
                    .append(clean(options.get(at).text()));
        }
        return lines.toString();
    }

    /** Without what no screen shows and the platform's own reader stumbles over. */
    static String clean(String text) {
        return text.codePoints()
                .filter(c -> (c >= ' ' && c != 0x7F) || c == '\n' || c == '\t')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** As much of the beginning as fits; never half of a character. */
    static String fit(String text, int bytes) {
        if (bytes(text) <= bytes) return text;
        var length = 0;
        var taken = 0;
        while (length < text.length()) {
            var c = text.codePointAt(length);
            taken += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
            if (taken > bytes) break;
            length += Character.charCount(c);
        }
        return text.substring(0, length);
    }

    /** The whole text in as many pieces as the platform needs. */
    static List<String> pieces(String text) {
        var pieces = new ArrayList<String>();
        for (var rest = text; !rest.isEmpty(); ) {
            var piece = fit(rest, MOST_BYTES);
            pieces.add(piece);
            rest = rest.substring(piece.length());
        }
        return pieces;
    }

    /** What is still to be said to somebody who has seen this much of it; all of it where that was something else. */
    static String rest(String text, String shown) {
        return text.startsWith(shown) ? text.substring(shown.length()).strip() : text;
    }
}
