package io.kefuhub.core.delivery;

import io.kefuhub.api.filter.Found;
import io.kefuhub.api.message.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a message reads when its reviewer has it covered or puts it in other words. Pure; safe for threads. */
public final class Wording {
    private static final char COVER = '*';

    private Wording() {}

    /** The message with what was found covered, a sign for each character; empty where that cannot be. */
    public static Optional<List<Part>> covered(List<Part> parts, List<Found> found) {
        if (found.isEmpty()) return Optional.empty();
        var covered = new ArrayList<>(parts);
        for (var one : found) {
            if (one.from() == one.to() || one.part() >= covered.size()) return Optional.empty();
            var part = covered.get(one.part());
            var text = text(part);
            if (text.isEmpty() || one.to() > text.get().length()) return Optional.empty();
            covered.set(one.part(), withText(part, covered(text.get(), one.from(), one.to())));
        }
        return Optional.of(List.copyOf(covered));
    }

    /** The message with other words: they stand where its first words stood, and all else stays. */
    public static List<Part> reworded(List<Part> parts, String text) {
        var reworded = new ArrayList<Part>();
        var said = false;
        for (var part : parts) {
            if (text(part).isEmpty()) {
                reworded.add(part);
            } else if (!said) {
                reworded.add(withText(part, text));
                said = true;
            } else if (part instanceof Part.Menu) {
                reworded.add(part);
            }
        }
        if (!said) reworded.addFirst(new Part.Text(text));
        return List.copyOf(reworded);
    }

    private static Optional<String> text(Part part) {
        return switch (part) {
            case Part.Text(var value) -> Optional.of(value);
            case Part.Menu(var value, var _) -> Optional.of(value);
            case Part.Media _, Part.Unsupported _ -> Optional.empty();
        };
    }

    private static Part withText(Part part, String text) {
        return switch (part) {
            case Part.Text _ -> new Part.Text(text);
            case Part.Menu(var _, var options) -> new Part.Menu(text, options);
            case Part.Media _, Part.Unsupported _ -> part;
        };
    }

    /** Keeps the length, so that places behind still hold: what takes two chars is covered by two signs. */
    private static String covered(String text, int from, int to) {
        return text.substring(0, from) + String.valueOf(COVER).repeat(to - from) + text.substring(to);
    }
}
