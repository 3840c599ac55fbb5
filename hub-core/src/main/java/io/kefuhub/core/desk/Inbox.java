package io.kefuhub.core.desk;

import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Events;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** What an agent may look at. Safe for threads. */
final class Inbox {
    private static final Comparator<Summary> NEWEST =
            Comparator.comparing(Summary::lastAt).reversed();

    private static final String CANCELLED = "57014";

    private final Database database;
    private final Predicate<Caller> reviewers;
    private final InboxRows rows = new InboxRows();
    private final Events events = new Events();

    /** @param reviewers who may look at what filters keep */
    Inbox(Database database, Predicate<Caller> reviewers) {
        this.database = database;
        this.reviewers = reviewers;
    }

    boolean reviews(Caller caller) {
        return reviewers.test(caller);
    }

    record Page(List<Summary> conversations, Optional<String> next, InboxRows.Counts counts) {}

    record EventPage(List<Map<String, Object>> events, long lastFeed, boolean more) {}

    Page page(
            Caller caller,
            InboxRows.View view,
            Optional<UUID> desk,
            Optional<String> words,
            Optional<String> before,
            int limit) {
        var after = before.map(Inbox::place).orElse(InboxRows.Place.beginning(view));
        var wanted = new InboxRows.Wanted(view, desk, words, after, limit + 1);
        return database.read(db -> {
            var found = page(db, caller, wanted);
            var shown = found.subList(0, Math.min(limit, found.size()));
            var next = found.size() > limit ? Optional.of(text(shown.getLast().place())) : Optional.<String>empty();
            // The index knows the minute only, so that a message does not touch it.
            var summaries = shown.stream().map(InboxRows.Row::summary);
            return new Page(
                    view == InboxRows.View.WAITING
                            ? summaries.toList()
                            : summaries.sorted(NEWEST).toList(),
                    next,
                    rows.counts(db, caller, reviews(caller)));
        });
    }

    /** Looking through everything that was ever said may take too long. */
    private List<InboxRows.Row> page(Handle db, Caller caller, InboxRows.Wanted wanted) {
        try {
            return rows.page(db, caller, wanted);
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException cause && CANCELLED.equals(cause.getSQLState())) {
                throw Problem.of(ProblemType.UNAVAILABLE, "Looking for these words takes too long.", "搜索用时过长，请换个词试试。");
            }
            throw e;
        }
    }

    InboxRows.Counts counts(Caller caller) {
        return database.read(db -> rows.counts(db, caller, reviews(caller)));
    }

    List<Summary> summaries(Collection<UUID> ids) {
        return database.read(db -> rows.byIds(db, ids)).stream()
                .map(InboxRows.Row::summary)
                .toList();
    }

    /** Finds a conversation that the caller may see; the others are not found. */
    Conversation find(Caller caller, UUID id) {
        return row(caller, id).conversation();
    }

    Detail detail(Caller caller, UUID id) {
        var row = row(caller, id);
        return Detail.of(row.conversation(), row.summary());
    }

    EventPage events(Caller caller, UUID id, OptionalLong after, OptionalLong before, int limit) {
        var conversation = find(caller, id);
        return database.read(db -> {
            var found = after.isPresent()
                    ? events.after(db, conversation.id(), after.getAsLong(), limit + 1)
                    : events.before(db, conversation.id(), before.orElse(Long.MAX_VALUE), limit + 1);
            var more = found.size() > limit;
            var shown = !more ? found : after.isPresent() ? found.subList(0, limit) : found.subList(1, limit + 1);
            var lastFeed = Math.max(
                    conversation.marks().feed(),
                    shown.isEmpty() ? 0 : shown.getLast().feed());
            return new EventPage(
                    shown.stream()
                            .map(event -> EventView.of(conversation.id(), event))
                            .toList(),
                    lastFeed,
                    more);
        });
    }

    private InboxRows.Row row(Caller caller, UUID id) {
        return database.read(db -> rows.byIds(db, List.of(id))).stream()
                .filter(row -> caller.mayRead(row.summary().desk()))
                .findFirst()
                .orElseThrow(Problem::notFound);
    }

    static UUID deskOf(Conversation conversation) {
        return conversation.place().desk().value();
    }

    static ConversationId id(UUID id) {
        return new ConversationId(id);
    }

    private static String text(InboxRows.Place place) {
        var plain = place.time() + " " + place.id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    private static InboxRows.Place place(String text) {
        try {
            var parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
            if (parts.length == 2) return new InboxRows.Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeException e) {
            // refused below
        }
        throw Problem.invalid("before", "Take it from `next` of the page before.", "请使用上一页的 next。");
    }
}
