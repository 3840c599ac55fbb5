package io.kefuhub.core.conversation;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.database.GroupWriter;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.files.Owner;
import io.kefuhub.core.files.StoredFiles;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;

/**
 * The only writer of conversations, messages and events.
 *
 * <p>Steps of many callers are written together: their conversations are locked, each step writes on its
 * conversation's {@link Page} in the order the steps came, and what the pages remember goes out in one statement for each
 * table. A step with a key that was written before, in this transaction or years ago, changes nothing and is told what
 * was stored then. After the commit each conversation's events are published, before the callers hear.
 *
 * <p>Safe for threads. Futures complete on the writer's thread: chain only what is cheap.
 */
public final class Journal {
    private final GroupWriter writer;
    private final Topic<Commit> commits;
    private final Ids ids;
    private final InstantSource clock;
    private final Conversations conversations = new Conversations();
    private final Messages messages = new Messages();
    private final Events events = new Events();
    private final ContactRecords contacts = new ContactRecords();
    private final StoredFiles files = new StoredFiles();
    private final AuditLog audit = new AuditLog();
    private final GroupWriter.Batch<Unit<?>, Outcome> batch = this::writeAll;

    /** A conversation by the channel's name for it; opened when it does not exist. */
    public record Threaded(DeskId desk, ChannelId channel, String thread, Contact contact, Language language) {
        Conversations.ThreadKey key() {
            return new Conversations.ThreadKey(channel, thread);
        }
    }

    /** What a step gave back, and the conversation as it stood after it. */
    public record Written<R>(R result, Conversation conversation) {}

    private record Unit<R>(
            Optional<ConversationId> known, Optional<Threaded> thread, Optional<Messages.Key> key, Step<R> step) {}

    private sealed interface Outcome {
        record Done(Object result, Conversation conversation, Page page) implements Outcome {}

        record NotFound(ConversationId id) implements Outcome {}
    }

    public Journal(GroupWriter writer, Topic<Commit> commits, Ids ids, InstantSource clock) {
        this.writer = writer;
        this.commits = commits;
        this.ids = ids;
        this.clock = clock;
    }

    /** Writes a step without a key: one that may be written twice with the effect of once. */
    public <R> CompletableFuture<Written<R>> write(ConversationId id, Step<R> step) {
        return submit(new Unit<>(Optional.of(id), Optional.empty(), Optional.empty(), step));
    }

    /** Writes a step that says something under a key, at most once ever. */
    public <R> CompletableFuture<Written<R>> write(ConversationId id, Messages.Key key, Step<R> step) {
        return submit(new Unit<>(Optional.of(id), Optional.empty(), Optional.of(key), step));
    }

    /** Writes a step under a key in the conversation of a thread, and opens that when it is new. */
    public <R> CompletableFuture<Written<R>> write(Threaded thread, String externalId, Step<R> step) {
        var key = new Messages.Key(thread.channel(), externalId);
        return submit(new Unit<>(Optional.empty(), Optional.of(thread), Optional.of(key), step));
    }

    @SuppressWarnings("unchecked") // a unit's outcome holds what its own step returned
    private <R> CompletableFuture<Written<R>> submit(Unit<R> unit) {
        return writer.write(batch, unit).thenApply(outcome -> switch (outcome) {
            case Outcome.Done(var result, var conversation, var page) -> {
                page.publish().ifPresent(commits::publish);
                yield new Written<>((R) result, conversation);
            }
            case Outcome.NotFound(var id) -> throw new NoSuchConversationException(id);
        });
    }

    private List<Outcome> writeAll(Handle tx, List<Unit<?>> units) {
        var now = clock.instant();
        var threads = open(tx, units, now);
        var keys = new LinkedHashSet<Messages.Key>();
        var touched = new LinkedHashSet<ConversationId>();
        for (var unit : units) {
            unit.key().ifPresent(keys::add);
            touched.add(target(unit, threads));
        }
        var pages = new LinkedHashMap<ConversationId, Page>();
        for (var conversation : conversations.lock(tx, touched))
            pages.put(conversation.id(), new Page(conversation, now));
        // Asked under the locks: a writer elsewhere may have stored the same key a moment ago.
        var earlier = new HashMap<>(messages.repeated(tx, keys));
        var outcomes = new ArrayList<Outcome>(units.size());
        for (var unit : units) {
            var id = target(unit, threads);
            var page = pages.get(id);
            outcomes.add(page == null ? new Outcome.NotFound(id) : apply(unit, page, earlier));
        }
        conversations.update(tx, pages.values());
        messages.insert(tx, pages.values());
        messages.settle(tx, pages.values());
        events.insert(tx, pages.values());
        files.use(tx, referred(pages.values()));
        var lines = new ArrayList<AuditEntry>();
        pages.values().forEach(page -> lines.addAll(page.audit));
        audit.append(tx, lines);
        return outcomes;
    }

    private static Map<String, Owner> referred(Collection<Page> pages) {
        var referred = new HashMap<String, Owner>();
        for (var page : pages) {
            for (var said : page.said) {
                for (var part : said.message().parts()) {
                    if (part instanceof Part.Media(var _, var file)) {
                        referred.put(
                                file.id(), new Owner("conversation", page.id().toString()));
                    }
                }
            }
        }
        return referred;
    }

    private static ConversationId target(Unit<?> unit, Map<Conversations.ThreadKey, ConversationId> threads) {
        return unit.known()
                .or(() -> unit.thread().map(Threaded::key).map(threads::get))
                .orElseThrow();
    }

    private static <R> Outcome apply(Unit<R> unit, Page page, Map<Messages.Key, Messages.Earlier> earlier) {
        var before = unit.key().map(earlier::get);
        if (before.isPresent()) {
            var stored = before.get();
            var result = unit.step().repeated(page, stored);
            return new Outcome.Done(result, page.conversation(), page);
        }
        var said = page.said.size();
        var result = unit.step().write(page);
        for (var line : page.said.subList(said, page.said.size())) {
            var key = new Messages.Key(page.place().channel(), line.message().externalId());
            earlier.put(
                    key,
                    new Messages.Earlier(
                            line.message().id(),
                            line.seq().orElse(0),
                            line.message().at()));
        }
        return new Outcome.Done(result, page.conversation(), page);
    }

    /** Finds the conversations of threads and opens those that are missing. */
    private Map<Conversations.ThreadKey, ConversationId> open(Handle tx, List<Unit<?>> units, Instant now) {
        var wanted = new LinkedHashMap<Conversations.ThreadKey, Threaded>();
        for (var unit : units) unit.thread().ifPresent(thread -> wanted.put(thread.key(), thread));
        if (wanted.isEmpty()) return Map.of();
        var found = conversations.find(tx, wanted.keySet());
        var missing = wanted.values().stream()
                .filter(thread -> !found.containsKey(thread.key()))
                .toList();
        if (missing.isEmpty()) return found;
        var unknown = new LinkedHashMap<ContactRecords.Key, ContactRecord>();
        for (var thread : missing) {
            unknown.put(
                    new ContactRecords.Key(thread.channel(), thread.contact().subject()),
                    new ContactRecord(new ContactId(ids.next()), thread.channel(), thread.contact(), now));
        }
        var kept = contacts.keep(tx, unknown.values(), now);
        var openings = new ArrayList<Conversations.Opening>();
        for (var thread : missing) {
            var contact = kept.get(
                    new ContactRecords.Key(thread.channel(), thread.contact().subject()));
            if (contact == null) throw new IllegalStateException("a contact was not kept");
            openings.add(new Conversations.Opening(
                    new ConversationId(ids.next()), thread.desk(), thread.key(), contact, thread.language()));
        }
        conversations.open(tx, openings, now);
        found.putAll(conversations.find(tx, missing.stream().map(Threaded::key).toList()));
        return found;
    }
}
