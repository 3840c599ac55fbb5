package io.kefuhub.core.conversation;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.database.GroupWriter;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.Script;
import io.kefuhub.core.files.Owner;
import io.kefuhub.core.files.StoredFiles;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The only writer of conversations, messages and events.
 *
 * <p>Steps of many callers are written together: their conversations are locked, each step writes on its
 * conversation's {@link Page} in the order the steps came, and what the pages remember goes out in one statement for each
 * table. A step with a key that was written before, in this transaction or years ago, changes nothing and is told what
 * was stored then. After the commit each conversation's events are published, before the callers hear: each event once
 * and in order, even when the answer to its commit was lost and it is found stored only when it is written again.
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
    private final TurnOutcomes turns = new TurnOutcomes();
    private final Holds holds = new Holds();
    private final Revisions revisions = new Revisions();
    private final Pen pen = new Pen();
    private final List<Consumer<Commit>> listeners = new CopyOnWriteArrayList<>();

    /** A conversation by the channel's name for it; opened when it does not exist. */
    public record Threaded(DeskId desk, ChannelId channel, String thread, Contact contact, Language language) {
        Conversations.ThreadKey key() {
            return new Conversations.ThreadKey(channel, thread);
        }
    }

    /** What a step gave back, and the conversation as it stood after it. */
    public record Written<R>(R result, Conversation conversation) {}

    private record Unit<R>(
            Optional<ConversationId> known,
            Optional<Threaded> thread,
            Optional<Messages.Key> key,
            Optional<Wanted> wanted,
            Step<R> step) {}

    /** What a step must know of what was written before. */
    private sealed interface Wanted {
        record Note(NoteKey key) implements Wanted {}

        record Message(MessageId id) implements Wanted {}

        record Hold(HoldId id) implements Wanted {}

        record Keyed(Messages.Key key, Revision revision) implements Wanted {}
    }

    private sealed interface Outcome {
        record Done(Object result, Conversation conversation) implements Outcome {}

        record NotFound(String what) implements Outcome {}

        record Revised(Revision.Outcome what) implements Outcome {}
    }

    public Journal(GroupWriter writer, Topic<Commit> commits, Ids ids, InstantSource clock) {
        this.writer = writer;
        this.commits = commits;
        this.ids = ids;
        this.clock = clock;
    }

    /** Has each commit told to somebody before the callers hear of it, by the writer's thread, who must not wait. */
    public void listen(Consumer<Commit> listener) {
        listeners.add(listener);
    }

    /** Writes a step without a key: one that may be written twice with the effect of once. */
    public <R> CompletableFuture<Written<R>> write(ConversationId id, Step<R> step) {
        return submit(new Unit<>(Optional.of(id), Optional.empty(), Optional.empty(), Optional.empty(), step));
    }

    /** Writes a step that adds the note with this key; when it was written before, the page knows. */
    public <R> CompletableFuture<Written<R>> write(NoteKey note, Step<R> step) {
        return submit(new Unit<>(
                Optional.of(note.conversation()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Wanted.Note(note)),
                step));
    }

    /** Writes a step that is about a message; when the customer may see that, the page knows it. */
    public <R> CompletableFuture<Written<R>> write(ConversationId id, MessageId about, Step<R> step) {
        return submit(new Unit<>(
                Optional.of(id), Optional.empty(), Optional.empty(), Optional.of(new Wanted.Message(about)), step));
    }

    /** Writes a step that is about what is or was kept for review; the page knows it. */
    public <R> CompletableFuture<Written<R>> write(ConversationId id, HoldId about, Step<R> step) {
        return submit(new Unit<>(
                Optional.of(id), Optional.empty(), Optional.empty(), Optional.of(new Wanted.Hold(about)), step));
    }

    /** Writes a step that says something under a key, at most once ever. */
    public <R> CompletableFuture<Written<R>> write(ConversationId id, Messages.Key key, Step<R> step) {
        return submit(new Unit<>(Optional.of(id), Optional.empty(), Optional.of(key), Optional.empty(), step));
    }

    /** Writes a step under a key in the conversation of a thread, and opens that when it is new. */
    public <R> CompletableFuture<Written<R>> write(Threaded thread, String externalId, Step<R> step) {
        var key = new Messages.Key(thread.channel(), externalId);
        return submit(new Unit<>(Optional.empty(), Optional.of(thread), Optional.of(key), Optional.empty(), step));
    }

    /** The same for a step that is about a message, which no new conversation can have: so none is opened. */
    public <R> CompletableFuture<Written<R>> write(Threaded thread, String externalId, MessageId about, Step<R> step) {
        var key = new Messages.Key(thread.channel(), externalId);
        return submit(new Unit<>(
                Optional.empty(), Optional.of(thread), Optional.of(key), Optional.of(new Wanted.Message(about)), step));
    }

    /**
     * Takes a message back or changes it, in the conversation that it stands in; where it is not there yet, that is kept for
     * when it comes. Twice has the effect of once.
     */
    public CompletableFuture<Revision.Outcome> revise(Messages.Key message, Revision revision) {
        var unit = new Unit<>(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Wanted.Keyed(message, revision)),
                Step.of(_ -> revision));
        return writer.write(pen, unit).thenApply(outcome -> switch (outcome) {
            case Outcome.Revised(var what) -> what;
            case Outcome.Done _, Outcome.NotFound _ -> throw new IllegalStateException("not what was asked");
        });
    }

    @SuppressWarnings("unchecked") // a unit's outcome holds what its own step returned
    private <R> CompletableFuture<Written<R>> submit(Unit<R> unit) {
        return writer.write(pen, unit).thenApply(outcome -> switch (outcome) {
            case Outcome.Done(var result, var conversation) -> new Written<>((R) result, conversation);
            case Outcome.NotFound(var what) -> throw new NoSuchConversationException(what);
            case Outcome.Revised _ -> throw new IllegalStateException("not what was asked");
        });
    }

    /** Writes transactions and tells of them. The writer's thread only. */
    private final class Pen implements GroupWriter.Batch<Unit<?>, Outcome> {
        /** Of each conversation that is being written in: the last {@code feed} number that was told. */
        private final Map<ConversationId, Long> told = new HashMap<>();

        private Collection<Page> pages = List.of();

        @Override
        public List<Outcome> write(Handle tx, List<Unit<?>> units, Script last) {
            // As exact as the database keeps it, so that what is told now reads like what is read later.
            var open = new Open(clock.instant().truncatedTo(ChronoUnit.MICROS), ids::next);
            // Asked under the locks: a writer elsewhere may have stored the same key a moment ago.
            var earlier = new HashMap<Messages.Key, Messages.Earlier>();
            lock(tx, units, open, earlier);
            pages = open.pages();
            pages.forEach(page -> lookBack(tx, page));
            var outcomes = new ArrayList<Outcome>(units.size());
            for (var unit : units) outcomes.add(outcome(unit, open, earlier));
            store(last, pages, open);
            return outcomes;
        }

        private Outcome outcome(Unit<?> unit, Open open, Map<Messages.Key, Messages.Earlier> earlier) {
            if (unit.wanted().isPresent() && unit.wanted().get() instanceof Wanted.Keyed(var key, var revision)) {
                return new Outcome.Revised(open.revise(key, revision));
            }
            var page = open.page(unit);
            if (page.isEmpty()) return notFound(unit);
            page.get().awaited(unit.key().flatMap(open::awaited));
            return apply(unit, page.get(), earlier);
        }

        /** When an earlier try got through after all, its events are there and still to be told. */
        private void lookBack(Handle tx, Page page) {
            var feed = page.conversation().marks().feed();
            var last = told.putIfAbsent(page.id(), feed);
            if (last != null && last < feed) page.untold.addAll(events.after(tx, page.id(), last, Integer.MAX_VALUE));
        }

        @Override
        public void committed() {
            for (var page : pages) {
                told.remove(page.id());
                page.commit().ifPresent(this::tell);
            }
        }

        private void tell(Commit commit) {
            commits.publish(commit);
            listeners.forEach(listener -> listener.accept(commit));
        }
    }

    private void lock(Handle tx, List<Unit<?>> units, Open open, Map<Messages.Key, Messages.Earlier> earlier) {
        var ids = new LinkedHashSet<ConversationId>();
        var threads = new LinkedHashMap<Conversations.ThreadKey, Threaded>();
        var keys = new LinkedHashSet<Messages.Key>();
        var mayBegin = new HashSet<Conversations.ThreadKey>();
        var notes = new LinkedHashSet<NoteKey>();
        var about = new LinkedHashSet<MessageId>();
        var reviewed = new LinkedHashSet<HoldId>();
        var revised = new LinkedHashSet<Messages.Key>();
        var coming = new LinkedHashSet<Messages.Key>();
        for (var unit : units) {
            unit.known().ifPresent(ids::add);
            unit.thread().ifPresent(thread -> threads.put(thread.key(), thread));
            unit.key().ifPresent(keys::add);
            if (unit.thread().isPresent()) unit.key().ifPresent(coming::add);
            if (unit.wanted().isEmpty()) unit.thread().map(Threaded::key).ifPresent(mayBegin::add);
            unit.wanted().ifPresent(wanted -> {
                switch (wanted) {
                    case Wanted.Note(var key) -> notes.add(key);
                    case Wanted.Message(var id) -> about.add(id);
                    case Wanted.Hold(var id) -> reviewed.add(id);
                    case Wanted.Keyed(var key, var _) -> revised.add(key);
                }
            });
        }
        if (!revised.isEmpty()) ids.addAll(messages.places(tx, revised));
        var script = new Script();
        conversations.lock(script, ids, threads.keySet(), open::add);
        messages.repeated(script, keys, earlier);
        events.notes(script, notes, open::remember);
        messages.seen(script, about, open::remember);
        holds.wanted(script, reviewed, open::remember);
        messages.keyed(script, revised, open::remember);
        revisions.find(script, coming, open::await);
        script.run(tx);
        var missing = threads.values().stream()
                .filter(thread -> !open.has(thread.key()) && mayBegin.contains(thread.key()))
                .toList();
        if (missing.isEmpty()) return;
        begin(tx, missing, open.now);
        var again = new Script();
        conversations.lock(again, List.of(), missing.stream().map(Threaded::key).toList(), open::add);
        messages.repeated(again, keys, earlier);
        again.run(tx);
    }

    private void store(Script script, Collection<Page> pages, Open open) {
        conversations.update(script, pages);
        messages.insert(script, pages);
        messages.settle(script, pages);
        events.insert(script, pages);
        files.use(script, referred(pages));
        var lines = new ArrayList<AuditEntry>();
        pages.forEach(page -> lines.addAll(page.audit));
        audit.append(script, lines);
        turns.insert(script, pages);
        holds.write(script, pages);
        revisions.keep(script, open.early, open.now);
    }

    /** The conversations of one transaction, locked. */
    private static final class Open {
        private final Instant now;
        private final Supplier<UUID> ids;
        private final Map<ConversationId, Page> byId = new LinkedHashMap<>();
        private final Map<Conversations.ThreadKey, Page> byThread = new HashMap<>();

        private final Map<Messages.Key, Messages.Placed> byKey = new HashMap<>();
        private final Map<Messages.Key, Revision> awaited = new HashMap<>();
        /** What is to be kept for messages that are not there yet. */
        private final Map<Messages.Key, Revision> early = new LinkedHashMap<>();

        Open(Instant now, Supplier<UUID> ids) {
            this.now = now;
            this.ids = ids;
        }

        void add(Conversation conversation) {
            var page = new Page(conversation, now, ids);
            var place = conversation.place();
            byId.put(conversation.id(), page);
            byThread.put(new Conversations.ThreadKey(place.channel(), place.thread()), page);
        }

        void remember(NoteKey key, FeedEvent note) {
            var page = byId.get(key.conversation());
            if (page != null) page.remember(key, note);
        }

        void remember(Messages.Placed placed) {
            var page = byId.get(placed.conversation());
            if (page != null) page.remember(placed.message());
        }

        void remember(Held held) {
            var page = byId.get(held.conversation());
            if (page != null) page.remember(held);
        }

        void remember(Messages.Key key, Messages.Placed placed) {
            byKey.put(key, placed);
        }

        void await(Messages.Key key, Revision revision) {
            awaited.merge(key, revision, Revisions::later);
        }

        Optional<Revision> awaited(Messages.Key key) {
            return Optional.ofNullable(awaited.get(key));
        }

        Revision.Outcome revise(Messages.Key key, Revision revision) {
            var stored = byKey.get(key);
            if (stored != null) {
                var page = byId.get(stored.conversation());
                if (page == null) throw new IllegalStateException("a message without its conversation");
                return page.revise(stored.message(), revision);
            }
            for (var page : byId.values()) {
                if (!page.place().channel().equals(key.channel())) continue;
                var said = page.said.stream()
                        .map(Page.Said::message)
                        .filter(message -> message.externalId().equals(key.externalId()))
                        .findFirst();
                if (said.isPresent()) return page.revise(said.get(), revision);
            }
            early.merge(key, revision, Revisions::later);
            await(key, revision);
            return Revision.Outcome.AWAITED;
        }

        boolean has(Conversations.ThreadKey thread) {
            return byThread.containsKey(thread);
        }

        /** Empty where the conversation that was meant does not exist. */
        Optional<Page> page(Unit<?> unit) {
            return unit.known().isPresent()
                    ? Optional.ofNullable(byId.get(unit.known().get()))
                    : unit.thread().map(Threaded::key).map(byThread::get);
        }

        Collection<Page> pages() {
            return byId.values();
        }
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

    private static Outcome notFound(Unit<?> unit) {
        return new Outcome.NotFound(unit.known()
                .map(ConversationId::toString)
                .or(() -> unit.thread().map(Threaded::thread))
                .orElse(""));
    }

    private static <R> Outcome apply(Unit<R> unit, Page page, Map<Messages.Key, Messages.Earlier> earlier) {
        var before = unit.key().map(earlier::get);
        if (before.isPresent()) {
            var stored = before.get();
            var result = unit.step().repeated(page, stored);
            return new Outcome.Done(result, page.conversation());
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
        return new Outcome.Done(result, page.conversation());
    }

    /** Opens conversations that do not exist yet, unless somebody else does it first. */
    private void begin(Handle tx, List<Threaded> missing, Instant now) {
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
    }
}
