package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.web.Json;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All the hub knows. Safe for threads.
 *
 * <p>Entries live in the database; questions are asked of a {@link KnowledgeIndex} in memory. An edit commits, then the
 * desk's shelves are built again in the background and swapped in one write: a question is answered from the old ones or
 * the new ones, within a second of the edit from the new ones.
 */
public final class Knowledge implements AutoCloseable {
    /** Is told what a desk's entries are; by one thread. */
    public interface Listener {
        void entries(UUID desk, List<KnowledgeEntry> entries);
    }

    private static final Logger LOG = LoggerFactory.getLogger(Knowledge.class);
    private static final long RETRY_SECONDS = 1;
    private static final long SETTLING_SECONDS = 10;

    private final Database database;
    private final AuditLog audit;
    private final Ids ids;
    private final Clock clock;
    private final Supplier<SearchRules> rules;
    private final Entries entries = new Entries();
    private final UnansweredQuestions asked = new UnansweredQuestions();
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("knowledge").daemon().factory());
    private final Unanswered unanswered;
    private final Set<UUID> changed = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> firstRead;
    private final Map<UUID, AtomicLong> epochs = new ConcurrentHashMap<>();
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Understanding understanding = Understanding.NONE;
    private volatile KnowledgeIndex index = KnowledgeIndex.EMPTY;

    /** Has all entries read in the background; answers from the moment on that they are. */
    public Knowledge(Database database, AuditLog audit, Ids ids, Clock clock, Supplier<SearchRules> rules) {
        this.database = database;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
        this.rules = rules;
        this.unanswered = new Unanswered(database, ids, clock, worker);
        this.firstRead =
                CompletableFuture.runAsync(() -> database.read(entries::desks).forEach(this::rebuild), worker);
    }

    /** Waits until all entries are read; fails as the reading did. */
    public void awaitRead() {
        try {
            firstRead.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** What a desk's knowledge says to a question. Takes microseconds for what was asked before. */
    public Tried ask(UUID desk, Asker asker, String question) {
        awaitRead();
        return index.ask(desk, asker, question, clock.instant(), rules.get());
    }

    /** What a desk's knowledge says to a question; where words do not decide it, its meaning may, which takes longer. */
    public Tried answer(UUID desk, Asker asker, String question) {
        var tried = ask(desk, asker, question);
        if (tried.found() instanceof Found.Direct) return tried;
        return understanding
                .meant(desk, asker, question)
                .map(direct -> new Tried(direct, tried.candidates()))
                .orElse(tried);
    }

    /**
     * Rises with every publish of one desk, once what was published is found; what was made from its knowledge under another
     * epoch may be out of date.
     */
    public long epoch(UUID desk) {
        var its = epochs.get(desk);
        return its == null ? 0 : its.get();
    }

    /** Something else that the desk answers from has changed, and is found. */
    public void published(UUID desk) {
        epochs.computeIfAbsent(desk, any -> new AtomicLong()).incrementAndGet();
    }

    /**
     * Tells of all entries of each desk, soon and whenever one changed, before the epoch rises.
     *
     * @return done when all have been told once
     */
    public Future<?> listen(Listener listener) {
        return worker.submit(() -> {
            listeners.add(listener);
            database.read(entries::desks).forEach(desk -> listener.entries(desk, ofDesk(desk)));
        });
    }

    /** Has questions understood that words do not decide. */
    public void understandBy(Understanding other) {
        understanding = other;
    }

    /** Notes that a question found no answer; never waits. */
    public void missed(UUID desk, EntryLanguage language, String question, Optional<UUID> conversation) {
        unanswered.add(desk, language, question, conversation);
    }

    /** Whether a desk has any entry, on or off. */
    public boolean isEmpty(UUID desk) {
        return database.read(db -> entries.ofDesk(db, desk)).isEmpty();
    }

    /** What tells apart the customers of a channel from those of others, as to what a desk may tell them; often nothing. */
    public String place(UUID desk, String channel) {
        return index.tellsChannelsApart(desk) ? channel : "";
    }

    /** Reads one. */
    Optional<KnowledgeEntry> find(EntryId id) {
        return database.read(db -> entries.find(db, id));
    }

    List<KnowledgeEntry> page(EntryFilter filter, Place before, int limit) {
        return database.read(db -> entries.page(db, filter, before, limit));
    }

    long count(EntryFilter filter) {
        return database.read(db -> entries.count(db, filter));
    }

    /** Adds an entry, unless the desk has one that asks the same. */
    public Saved create(String actor, UUID desk, EntryContent content) {
        return publish(tx -> add(tx, actor, desk, content, ""));
    }

    /**
     * Changes an entry.
     *
     * @param version the one that was read
     */
    Saved change(String actor, EntryId id, long version, UUID desk, EntryContent content) {
        var left = new HashSet<UUID>();
        var saved = publish(tx -> {
            left.clear();
            var before = entries.find(tx, id);
            if (before.isEmpty()) return new Saved.Gone();
            if (!before.get().managedBy().isEmpty())
                return new Saved.Managed(before.get().managedBy());
            if (before.get().version() != version) return new Saved.Stale(before.get());
            left.add(before.get().desk());
            return replace(tx, actor, before.get(), desk, content, "");
        });
        left.remove(desk);
        if (!left.isEmpty()) {
            left.forEach(this::stale);
            settle();
        }
        return saved;
    }

    Saved delete(String actor, EntryId id) {
        return publish(tx -> {
            var before = entries.find(tx, id);
            if (before.isEmpty()) return new Saved.Gone();
            if (!before.get().managedBy().isEmpty())
                return new Saved.Managed(before.get().managedBy());
            entries.delete(tx, id);
            write(tx, actor, "knowledge.deleted", before.get());
            return new Saved.Done(before.get());
        });
    }

    /** Takes a whole file in, or nothing of it. */
    public ImportReport importAll(String actor, UUID desk, FileContents contents, boolean dryRun) {
        var report = database.inTransaction(tx -> {
            var plan = ImportPlan.of(contents, content -> meant(tx, desk, content, identities(contents.contents())));
            var planned = plan.report(dryRun);
            if (dryRun || !planned.errors().isEmpty()) return planned;
            for (var step : plan.steps()) {
                if (step.before().isPresent()) replace(tx, actor, step.before().get(), desk, step.content(), "");
                else add(tx, actor, desk, step.content(), "");
            }
            return planned;
        });
        if (!dryRun && report.errors().isEmpty()) {
            stale(desk);
            settle();
        }
        return report;
    }

    /**
     * Makes the entries of a file be as the file says. Entries that it no longer declares are switched off; entries that
     * people made and that ask the same become the file's.
     *
     * @param file what is shown as managing them
     */
    public void declare(String file, Map<UUID, List<EntryContent>> wanted) {
        var touched = database.inTransaction(tx -> {
            var desks = new HashSet<UUID>();
            var kept = new HashSet<EntryId>();
            wanted.forEach((desk, contents) -> contents.forEach(content -> {
                var before = meant(tx, desk, content, identities(contents));
                before.ifPresent(entry -> kept.add(entry.id()));
                if (before.isPresent()
                        && before.get().content().equals(content)
                        && before.get().managedBy().equals(file)) return;
                desks.add(desk);
                if (before.isPresent()) replace(tx, "file:" + file, before.get(), desk, content, file);
                else if (add(tx, "file:" + file, desk, content, file) instanceof Saved.Done(var added)) {
                    kept.add(added.id());
                }
            }));
            for (var entry : entries.managedBy(tx, file)) {
                if (kept.contains(entry.id()) || !entry.content().enabled()) continue;
                desks.add(entry.desk());
                replace(tx, "file:" + file, entry, entry.desk(), entry.content().withEnabled(false), file);
            }
            return desks;
        });
        touched.forEach(this::stale);
        settle();
    }

    /** The files that declare entries. */
    public Set<String> files() {
        return Set.copyOf(database.read(entries::files));
    }

    List<UnansweredQuestion> unanswered(Optional<Set<UUID>> desks, Place before, int limit) {
        return database.read(db -> asked.page(db, desks, before, limit));
    }

    /** Takes a question off the list; false when it is not there. */
    boolean dismiss(String actor, UUID question, Optional<Set<UUID>> desks) {
        return database.inTransaction(tx -> {
            if (!asked.dismiss(tx, question, desks)) return false;
            audit.append(tx, AuditEntry.of(clock.instant(), actor, "question.dismissed", "question:" + question));
            return true;
        });
    }

    @Override
    public void close() {
        worker.shutdown();
        try {
            worker.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        unanswered.close();
    }

    /** Commits an edit and waits until it is answered from, so that whoever saved it may try it at once. */
    Saved publish(Function<Handle, Saved> work) {
        var saved = database.inTransaction(work);
        if (saved instanceof Saved.Done(var entry)) {
            stale(entry.desk());
            settle();
        }
        return saved;
    }

    /** Adds an entry, or gives the one that asks the same this answer where that is wanted. */
    Saved put(Handle tx, String actor, UUID desk, EntryContent content, boolean replace) {
        var same = entries.same(tx, desk, content);
        if (same.isEmpty()) return add(tx, actor, desk, content, "");
        var before = same.get();
        if (!replace) return new Saved.AskedAlready(before);
        if (!before.managedBy().isEmpty()) return new Saved.Managed(before.managedBy());
        var similar = Stream.concat(before.content().similar().stream(), content.similar().stream())
                .distinct()
                .limit(EntryContent.MAX_SIMILAR)
                .toList();
        var joined = new EntryContent(
                content.language(),
                content.question(),
                similar,
                content.answer(),
                before.content().validity(),
                before.content().reach(),
                before.content().enabled());
        return replace(tx, actor, before, desk, joined, "");
    }

    /**
     * The entry that a file's content is about: the one that asks the same people the same, or the one for everybody, which the
     * file narrows when it has no other for everybody. So nothing stays said to all that a file means for some.
     */
    private Optional<KnowledgeEntry> meant(Handle tx, UUID desk, EntryContent content, Set<String> inFile) {
        var wide = content.withReach(Reach.EVERYBODY);
        return entries.same(tx, desk, content)
                .or(() -> inFile.contains(wide.identity()) ? Optional.empty() : entries.same(tx, desk, wide));
    }

    private static Set<String> identities(List<EntryContent> contents) {
        return contents.stream().map(EntryContent::identity).collect(Collectors.toUnmodifiableSet());
    }

    private Saved add(Handle tx, String actor, UUID desk, EntryContent content, String file) {
        var entry = new KnowledgeEntry(new EntryId(ids.next()), desk, content, file, 1, now());
        if (!entries.add(tx, entry)) {
            return entries.same(tx, desk, content)
                    .<Saved>map(Saved.AskedAlready::new)
                    .orElseGet(Saved.Gone::new);
        }
        asked.answered(tx, desk, content);
        write(tx, actor, "knowledge.added", entry);
        return new Saved.Done(entry);
    }

    private Saved replace(
            Handle tx, String actor, KnowledgeEntry before, UUID desk, EntryContent content, String file) {
        var same = entries.same(tx, desk, content).filter(other -> !other.id().equals(before.id()));
        if (same.isPresent()) return new Saved.AskedAlready(same.get());
        var after = new KnowledgeEntry(before.id(), desk, content, file, before.version() + 1, now());
        if (!entries.change(tx, after)) return new Saved.Stale(before);
        asked.answered(tx, desk, content);
        write(tx, actor, "knowledge.changed", after);
        return new Saved.Done(after);
    }

    private void write(Handle tx, String actor, String action, KnowledgeEntry entry) {
        var detail = Json.text(Map.of(
                "question", entry.content().question(),
                "language", entry.content().language().code(),
                "enabled", entry.content().enabled(),
                "version", entry.version()));
        audit.append(
                tx,
                new AuditEntry(
                        clock.instant(), actor, action, "entry:" + entry.id().value(), Optional.empty(), detail));
    }

    /** As exact as the database keeps it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Has a desk's shelves built again; several edits that come together are one build. */
    private void stale(UUID desk) {
        if (changed.add(desk)) worker.execute(() -> refresh(desk));
    }

    /** Waits until what was edited before is answered; a hub that was just declared knows its first answer. */
    private void settle() {
        await(worker.submit(() -> {}));
    }

    private static void await(Future<?> told) {
        try {
            told.get(SETTLING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("Knowledge that was taken in is not answered from yet");
        }
    }

    private void refresh(UUID desk) {
        changed.remove(desk);
        try {
            rebuild(desk);
        } catch (DatabaseAwayException e) {
            LOG.warn("Knowledge that was edited is not read yet: the database is away");
            worker.schedule(() -> stale(desk), RETRY_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void rebuild(UUID desk) {
        var its = ofDesk(desk);
        index = index.with(desk, its);
        listeners.forEach(listener -> listener.entries(desk, its));
        published(desk);
    }

    private List<KnowledgeEntry> ofDesk(UUID desk) {
        return database.read(db -> entries.ofDesk(db, desk));
    }
}
