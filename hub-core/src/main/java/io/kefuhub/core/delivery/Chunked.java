package io.kefuhub.core.delivery;

import io.kefuhub.api.message.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An answer that is said in several messages while it is made: as many sentences at once as there are, and at the end what is
 * left. What was said is part of the answer for good. One thread at a time.
 */
final class Chunked implements GrowingAnswer.Screen {
    /** Characters of a message, but of the last. */
    private static final int LEAST = 60;

    private final int limit;
    private final Speech speech;
    private int count;
    private String said = "";
    private Optional<RuntimeException> trouble = Optional.empty();

    /** Says one message of an answer. */
    @FunctionalInterface
    interface Speech {
        /**
         * @param number from 1
         * @return whether it is said, now or earlier under the same number
         */
        boolean say(int number, String words);
    }

    /** @param limit characters that the channel takes in one message */
    Chunked(int limit, Speech speech) {
        this.limit = limit;
        this.speech = speech;
    }

    /**
     * How much of a text is said with the next message, what was said before included; empty while there is nothing to say.
     *
     * @param released how much of a text filters let be shown
     */
    String next(String text, UnaryOperator<String> released) {
        if (!text.startsWith(said) || end(text) < 0) return "";
        var safe = released.apply(text);
        var end = end(safe);
        return end < 0 ? "" : safe.substring(0, end);
    }

    /** Behind the last sentence that still fits and that something follows; -1 where there is not enough yet. */
    private int end(String text) {
        var last = -1;
        var from = said.length();
        if (from > text.length()) return last;
        for (var end = SentenceEnds.next(text, from, false); end > 0; end = SentenceEnds.next(text, end, false)) {
            var length = text.substring(from, end).strip().length();
            if (length > limit || text.substring(end).isBlank()) break;
            if (length >= LEAST) last = end;
        }
        return last;
    }

    @Override
    public Optional<Duration> show(String text) {
        try {
            if (!speech.say(count + 1, text.substring(said.length()).strip())) return Optional.empty();
        } catch (RuntimeException e) {
            trouble = Optional.of(e);
            throw e;
        }
        count++;
        said = text;
        return Optional.of(Duration.ZERO);
    }

    /** What was said stays. */
    @Override
    public void withdraw() {}

    /** What is left to be said, without the beginning that was said; blanks do not count. */
    @Override
    public List<Part> rest(List<Part> whole) {
        // Nobody knows what was said: the turn fails, and is taken again by what is stored.
        if (trouble.isPresent()) throw trouble.get();
        if (said.isEmpty() || whole.isEmpty() || !(whole.getFirst() instanceof Part.Text(var text))) return whole;
        var rest = after(said, text);
        var parts = new ArrayList<>(whole.subList(1, whole.size()));
        if (!rest.isBlank()) parts.addFirst(new Part.Text(rest));
        return List.copyOf(parts);
    }

    /** Where the texts part, the rest begins with that sentence. */
    private static String after(String said, String text) {
        var at = 0;
        for (var i = 0; i < said.length(); i++) {
            if (Character.isWhitespace(said.charAt(i))) continue;
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
            if (at == text.length()) return "";
            if (text.charAt(at) != said.charAt(i))
                return text.substring(sentence(text, at)).strip();
            at++;
        }
        return text.substring(at).strip();
    }

    /** Where the sentence begins that stands at a place. */
    private static int sentence(String text, int at) {
        var begin = 0;
        for (var end = SentenceEnds.next(text, 0, true);
                end > 0 && end <= at;
                end = SentenceEnds.next(text, end, true)) {
            begin = end;
        }
        return begin;
    }
}
