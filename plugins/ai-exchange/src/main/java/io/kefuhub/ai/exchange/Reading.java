package io.kefuhub.ai.exchange;

import io.kefuhub.api.Http.Outcome;
import io.kefuhub.api.ai.AiReply;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer, line by line as it comes, before anybody knows its status, and says in the end what became of the
 * question. One thread only.
 */
final class Reading {
    private static final int MOST_RAW = 256 * 1024;
    private static final long MOST = 32L << 20;
    private static final int OK = 200;
    private static final int FIRST_REFUSAL = 300;

    private final Dialect dialect;
    private final AnswerSoFar answer;
    private final Ending ending;
    private final EventReader events = new EventReader(this::event);

    /** What came while it was no stream: an error, or an answer that came at once. */
    private final StringBuilder raw = new StringBuilder();

    private long size;
    private boolean streaming;
    private boolean over;
    private Optional<JsonObject> error = Optional.empty();
    private Optional<String> unreadable = Optional.empty();

    /** Ends the call from inside. */
    interface Ending {
        /** Everything has come: the connection may be kept, but not for long. */
        void soon();

        /** Nothing more can be read. */
        void now();
    }

    Reading(Dialect dialect, AnswerSoFar answer, Ending ending) {
        this.dialect = dialect;
        this.answer = answer;
        this.ending = ending;
    }

    void line(String line) {
        if (over) return;
        try {
            size += line.length() + 1L;
            if (size > MOST) throw new UnreadableException("the answer is too large");
            switch (dialect.framing()) {
                case EVENTS -> {
                    var isStream = events.line(line);
                    streaming |= isStream;
                    if (!isStream) keep(line);
                }
                case LINES -> document(line);
            }
        } catch (UnreadableException e) {
            unreadable = Optional.of(e.reason());
            over = true;
            ending.now();
        }
    }

    private void keep(String line) {
        if (streaming) return;
        if (raw.length() + line.length() > MOST_RAW) throw new UnreadableException("it is no stream of events");
        raw.append(line).append('\n');
    }

    private void document(String line) {
        if (line.isBlank()) return;
        var document = Json.object(line);
        if (document.isPresent()) {
            streaming = true;
            event(document.get());
        } else if (streaming) {
            throw new UnreadableException("a line is no JSON");
        } else {
            keep(line);
        }
    }

    private void event(String data) {
        if (over || data.isBlank()) return;
        if (dialect.isLast(data.strip())) {
            last();
            return;
        }
        event(Json.object(data).orElseThrow(() -> new UnreadableException("an event is no JSON")));
    }

    private void event(JsonObject document) {
        error = dialect.error(document);
        if (error.isPresent()) {
            over = true;
            // The line's end is near, and with it the status.
            ending.soon();
            return;
        }
        dialect.event(document, answer);
        if (dialect.isLast(document)) last();
    }

    private void last() {
        over = true;
        if (answer.finish().isEmpty() && !answer.text().isEmpty()) answer.finish(AiReply.Finish.OTHER);
        ending.soon();
    }

    /** Says what became of the question; called once. */
    AiReply reply(Outcome outcome, String host, Instant now, Reason reason) {
        if (outcome instanceof Outcome.Answered answered) body(answered);
        answer.end();
        if (answer.isFiltered()) return new AiReply.ContentFiltered(true);
        if (unreadable.isPresent()) return broken(unreadable.get(), true);
        var status = outcome instanceof Outcome.Answered(var code, var _, var _) ? code : OK;
        if (error.isPresent()) return troubled(status, headers(outcome), error.get(), now, reason);
        if (answer.finish().isPresent() && status < FIRST_REFUSAL) {
            return new AiReply.Answer(
                    answer.text(), answer.usage(), answer.finish().get());
        }
        return switch (outcome) {
            case Outcome.Answered(var code, var headers, var _) ->
                code < FIRST_REFUSAL
                        ? broken(streaming ? "the answer ended before its end" : "the answer is none of a model", true)
                        : troubled(code, headers, JsonObject.EMPTY, now, reason);
            // A redirect may have led there: then the question itself had been sent.
            case Outcome.NotAllowed(var other) ->
                broken("the host " + other + " is not allowed", !other.equalsIgnoreCase(host));
            case Outcome.Failed(var dispatched, var why) -> broken(why, dispatched);
            case Outcome.TimedOut(var dispatched) -> broken("no whole answer in time", dispatched);
            case Outcome.Cancelled(var dispatched) -> new AiReply.Cancelled(answer.text(), answer.usage(), dispatched);
        };
    }

    private static Map<String, List<String>> headers(Outcome outcome) {
        return outcome instanceof Outcome.Answered answered ? answered.headers() : Map.of();
    }

    /** Takes what did not come as a stream. */
    private void body(Outcome.Answered answered) {
        try {
            var isFine = answered.isOk();
            if (!over) events.end();
            if (streaming || over) return;
            var text = answered.body().isEmpty() ? raw.toString() : answered.body();
            var document = document(text, isFine);
            if (document == null) return;
            error = dialect.error(document);
            if (error.isEmpty() && isFine) dialect.whole(document, answer);
        } catch (UnreadableException e) {
            unreadable = Optional.of(e.reason());
        }
    }

    /** Returns the whole body as one document, or nothing when it was none, or a stream that nobody had asked for. */
    private @Nullable JsonObject document(String text, boolean isFine) {
        var whole = Json.value(text);
        if (whole.isPresent() && whole.get() instanceof JsonObject object) return object;
        // Some wrap their only document in a list.
        if (whole.isPresent() && whole.get() instanceof List<?> list && list.size() == 1) {
            return list.getFirst() instanceof JsonObject object ? object : null;
        }
        if (!isFine) return null;
        text.lines().forEach(this::line);
        if (!over) events.end();
        if (!streaming) throw new UnreadableException("the answer is no JSON");
        return null;
    }

    private AiReply troubled(
            int status, Map<String, List<String>> headers, JsonObject said, Instant now, Reason reason) {
        var trouble = dialect.trouble(status, said);
        if (trouble == Trouble.FILTERED) return new AiReply.ContentFiltered(true);
        var why = reason.of(status, dialect.message(said));
        // What customers may have seen is not taken back by calling it busy.
        if (!answer.text().isEmpty()) return broken(why, true);
        return switch (trouble) {
            case RATE_LIMITED ->
                new AiReply.RateLimited(RetryAfter.of(headers, now).orElseGet(() -> dialect.pause(said)), true);
            case OVERLOADED -> new AiReply.Overloaded(true);
            case CREDENTIALS -> new AiReply.CredentialsRefused(true);
            case BALANCE -> new AiReply.NoBalance(true);
            case TOO_LONG -> new AiReply.TooLong(true);
            case FILTERED -> new AiReply.ContentFiltered(true);
            case REFUSED -> new AiReply.Refused(why, true);
            case BROKEN -> broken(why, true);
        };
    }

    private AiReply broken(String why, boolean dispatched) {
        return new AiReply.Broken(why, answer.text(), answer.usage(), dispatched);
    }
}
