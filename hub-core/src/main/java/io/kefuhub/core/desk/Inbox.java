package io.kefuhub.core.desk;

import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Events;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.delivery.Allowance;
import io.kefuhub.core.filtering.Sight;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** What an agent may look at. Safe for threads. */
final class Inbox {
    private static final Comparator<Summary> NEWEST =
            Comparator.comparing(Summary::lastAt).reversed();

    private static final String CANCELLED = "57014";

    private final Database database;
    private final Sight sight;
    private final Predicate<Caller> reviewers;
    private final InboxRows rows;
    private final Events events = new Events();

    /**
     * @param reviewers who may look at what filters keep
     * @param allowances how much may be said in a conversation; answers from memory
     */
    Inbox(Database database, Sight sight, Predicate<Caller> reviewers, Function<Conversation, Allowance> allowances) {
        this.database = database;
        this.sight = sight;
        this.reviewers = reviewers;
        this.rows = new InboxRows(allowances);
    }

    boolean reviews(Caller caller) {
        return reviewers.test(caller);
    }

    /** @param conversations summaries, as the caller may see them */
    record Page(List<Object> conversations, Optional<String> next, InboxRows.Counts counts) {}

    record EventPage(List<Object> events, long lastFeed, boolean more) {}

    Page page(
            Caller caller,
            InboxRows.View view,
            Optional<UUID> desk,
            Optional<String> words,
            Optional<String> before,
            int limit) {
        var after = before.map(Inbox::place).orElse(InboxRows.Place.beginning(view));
        var said = words.filter(_ -> sight.isCovered(caller)).map(text -> said(caller, text));
        var wanted =
                new InboxRows.Wanted(view, desk, said.isPresent() ? Optional.empty() : words, said, after, limit + 1);
        return database.read(db -> {
            var found = patient(() -> rows.page(db, caller, wanted));
            var shown = found.subList(0, Math.min(limit, found.size()));
            var next = found.size() > limit ? Optional.of(text(shown.getLast().place())) : Optional.<String>empty();
            // The index knows the minute only, so that a message does not touch it.
            var summaries = shown.stream().map(InboxRows.Row::summary);
            var ordered = view == InboxRows.View.WAITING ? summaries : summaries.sorted(NEWEST);
            return new Page(
                    ordered.map(summary -> sight.shown(caller, summary.id(), summary.desk(), summary))
                            .toList(),
                    next,
                    rows.counts(db, caller, reviews(caller)));
        });
    }

    /** Where words stand in what the caller may see, so that nobody finds by searching what is covered. */
    private List<UUID> said(Caller caller, String words) {
        var wanted = words.toLowerCase(Locale.ROOT);
        var found = database.read(db -> patient(() -> rows.said(db, caller, words)));
        var conversations = new ArrayList<UUID>();
        found.stream().collect(Collectors.groupingBy(InboxRows.Said::desk)).forEach((desk, lines) -> {
            var texts = lines.stream().map(InboxRows.Said::text).toList();
            var shown = sight.shown(caller, lines.getFirst().conversation(), desk, texts);
            for (var at = 0; at < lines.size(); at++) {
                if (shown.get(at).toLowerCase(Locale.ROOT).contains(wanted)) {
                    conversations.add(lines.get(at).conversation());
                }
            }
        });
        return conversations;
    }

    /** Looking through everything that was ever said may take too long. */
    private static <T> T patient(Supplier<T> search) {
        try {
            return search.get();
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

    /** A conversation's detail, as the caller may see it. */
    Object detail(Caller caller, UUID id) {
        var row = row(caller, id);
        return sight.shown(caller, id, row.summary().desk(), Detail.of(row.conversation(), row.summary()));
    }

    EventPage events(Caller caller, UUID id, OptionalLong after, OptionalLong before, int limit) {
        var conversation = find(caller, id);
        // What a customer took back is not for those who answer, but for those who look after what was said.
        var audits = Access.SUPERVISOR.allows(caller.roles());
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
                            .map(event -> sight.shown(
                                    caller, id, deskOf(conversation), EventView.of(conversation.id(), event, audits)))
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
