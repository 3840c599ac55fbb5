package io.kefuhub.core.delivery;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a channel allows to be sent after each message of a customer. Immutable.
 *
 * @param most replies; each part of a reply counts, and each piece of a text that is too long for one
 * @param length how long after the customer's last message
 * @param textLimit characters of one text
 */
public record SendWindow(int most, Duration length, int textLimit) {
    /** A longer one is for ever. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    /** Of a channel that allows everything. */
    public static final SendWindow UNLIMITED = new SendWindow(Integer.MAX_VALUE, FOR_EVER, Integer.MAX_VALUE);

    static SendWindow of(Abilities abilities) {
        return new SendWindow(abilities.repliesPerWindow(), abilities.window(), abilities.textLimit());
    }

    boolean isLimited() {
        return most < Integer.MAX_VALUE || closes();
    }

    private boolean closes() {
        return length.compareTo(FOR_EVER) < 0;
    }

    Allowance at(Conversation.Heard heard, Instant now) {
        var until = closes() ? heard.at().map(at -> at.plus(length)) : Optional.<Instant>empty();
        var open = until.filter(end -> !now.isBefore(end)).isEmpty();
        var left = most == Integer.MAX_VALUE ? most : Math.max(0, most - heard.replies());
        return new Allowance(most, open ? left : 0, until, open);
    }

    /** How many replies of a window these take. */
    int cost(List<Part> parts) {
        return split(parts).size();
    }

    /** The parts as they are handed over: no text is longer than the channel takes. */
    List<Part> split(List<Part> parts) {
        if (parts.stream().noneMatch(this::isTooLong)) return parts;
        var split = new ArrayList<Part>();
        for (var part : parts) {
            if (part instanceof Part.Text(var text)) {
                for (var piece : Pieces.of(text, textLimit)) split.add(new Part.Text(piece));
            } else {
                split.add(part);
            }
        }
        return List.copyOf(split);
    }

    private boolean isTooLong(Part part) {
        return part instanceof Part.Text(var text) && text.length() > textLimit;
    }

    /** As much of it as the allowance permits: texts that stand together become one before anything is cut off. */
    List<Part> fit(List<Part> parts, int allowed) {
        if (cost(parts) <= allowed) return parts;
        var joined = joined(parts);
        var pieces = split(joined);
        if (pieces.size() <= allowed) return joined;
        var kept = new ArrayList<>(pieces.subList(0, Math.max(0, allowed)));
        if (!kept.isEmpty() && kept.getLast() instanceof Part.Text(var text)) {
            kept.set(kept.size() - 1, new Part.Text(Pieces.cut(text, textLimit)));
        }
        return List.copyOf(kept);
    }

    private static List<Part> joined(List<Part> parts) {
        var joined = new ArrayList<Part>();
        for (var part : parts) {
            if (part instanceof Part.Text(var text)
                    && !joined.isEmpty()
                    && joined.getLast() instanceof Part.Text(var before)) {
                joined.set(joined.size() - 1, new Part.Text(before + "\n\n" + text));
            } else {
                joined.add(part);
            }
        }
        return joined;
    }
}
