package io.kefuhub.core.answering.passages;

import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.Found;
import io.kefuhub.core.answering.knowledge.Knowledge;
import io.kefuhub.core.answering.knowledge.KnowledgeEntry;
import io.kefuhub.core.answering.knowledge.Reach;
import io.kefuhub.core.answering.knowledge.SearchRules;
import io.kefuhub.core.answering.knowledge.Terms;
import io.kefuhub.core.answering.knowledge.Understanding;
import io.kefuhub.core.database.Database;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what the knowledge of a desk says near a question: so many by words and as many by meaning, joined, and of those the
 * few that are near enough and fit into a prompt. Safe for threads; waits only for the model that makes vectors, and not
 * long.
 */
public final class Passages implements Understanding, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Passages.class);

    /** As many as a prompt usually takes. */
    public static final int USUAL = 4;

    /** So long a question waits for what is still being indexed after a start. */
    private static final long FOR_LOADING_SECONDS = 3;

    private final Knowledge knowledge;
    private final Clock clock;
    private final Supplier<SearchRules> rules;
    private final Meanings meanings;
    private final Map<UUID, DeskPassages> desks = new ConcurrentHashMap<>();
    private final Future<?> entries;
    private volatile Future<?> loading = CompletableFuture.completedFuture(null);

    /** @param localOnly whether the texts of a desk must stay with the organisation, as it is now */
    public Passages(
            Knowledge knowledge,
            Database database,
            Embedder embedder,
            Clock clock,
            Predicate<UUID> localOnly,
            Supplier<SearchRules> rules) {
        this.knowledge = knowledge;
        this.clock = clock;
        this.rules = rules;
        this.meanings = new Meanings(database, embedder, clock, this::texts, localOnly, this::compareAnew);
        entries = knowledge.listen(this::entries);
        knowledge.understandBy(this);
    }

    /** Begins to make vectors; call it when all that is known has been told. */
    public void start() {
        meanings.start();
    }

    /** Has questions wait a moment for what is being told. */
    public void expect(Future<?> all) {
        loading = all;
    }

    /**
     * Finds passages, best first.
     *
     * @param asker what is written in another language than theirs is used only where there is nothing in it
     * @param question one that can be understood alone
     */
    public PassagesFound find(UUID desk, Asker asker, String question, int most) {
        awaitLoading();
        var there = desks.get(desk);
        var compares = meanings.compares(desk);
        if (there == null || question.isBlank()) return new PassagesFound(List.of(), told(compares, true));
        var now = clock.instant();
        var by = rules.get();
        var terms = Terms.of(question);
        var byWords = there.index().nearest(terms, by.candidates()).stream()
                .filter(hit -> hit.item().usableFor(asker, now))
                .toList();
        var vector = compares ? meanings.of(desk, question, by.vector()) : Optional.<float[]>empty();
        var byMeaning = vector.map(
                        found -> there.vectors().nearest(found, by.candidates(), item -> item.usableFor(asker, now)))
                .orElse(List.of());
        var ranked = Reach.narrowest(
                Fusion.of(byWords, byMeaning, terms.telling().size(), by),
                one -> one.item().entry());
        return new PassagesFound(
                chosen(ranked, asker.language(), new Room(most, by.passageTokens())),
                told(compares, vector.isPresent()));
    }

    @Override
    public Optional<Found.Direct> meant(UUID desk, Asker asker, String question) {
        var there = desks.get(desk);
        if (there == null || question.isBlank() || !meanings.compares(desk)) return Optional.empty();
        var by = rules.get();
        return meanings.of(desk, question, by.vector())
                .flatMap(vector -> Meant.of(there.vectors(), vector, asker, question, clock.instant(), by));
    }

    /** Puts pieces in the place of those that documents had, and tells everybody. */
    public void documents(UUID desk, Map<UUID, List<Item>> documents) {
        synchronized (this) {
            var there = desks.computeIfAbsent(desk, any -> new DeskPassages());
            there.documents(documents);
            there.vectors(meanings);
        }
        knowledge.published(desk);
        meanings.call();
    }

    /** Looks again which vectors can be made, as other models are there or may be asked. */
    public void modelsChanged() {
        meanings.call();
    }

    /** How far the vectors are made. */
    public Progress progress() {
        return meanings.progress();
    }

    private static List<Passage> chosen(List<Fusion.Ranked> ranked, EntryLanguage language, Room room) {
        var theirs = ranked.stream()
                .filter(one -> language.reads(one.item().language()))
                .toList();
        (theirs.isEmpty() ? ranked : theirs).forEach(room::take);
        return room.taken();
    }

    private static PassagesFound.Meaning told(boolean compares, boolean compared) {
        if (!compares) return PassagesFound.Meaning.OFF;
        return compared ? PassagesFound.Meaning.COMPARED : PassagesFound.Meaning.AWAY;
    }

    private void awaitLoading() {
        if (entries.isDone() && loading.isDone()) return;
        try {
            entries.get(FOR_LOADING_SECONDS, TimeUnit.SECONDS);
            loading.get(FOR_LOADING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("A question is answered before all that is known is there");
        }
    }

    private synchronized void entries(UUID desk, List<KnowledgeEntry> entries) {
        var there = desks.computeIfAbsent(desk, any -> new DeskPassages());
        there.entries(entries);
        there.vectors(meanings);
        meanings.call();
    }

    private Map<UUID, Meanings.Wanted> texts() {
        var texts = new HashMap<UUID, Meanings.Wanted>();
        desks.forEach((desk, its) -> {
            var only = Set.of(desk);
            for (var item : its.index().all()) {
                for (var meaning : item.meanings()) {
                    var text = new Meanings.Wanted(meaning.text(), only);
                    texts.merge(meaning.key(), text, Meanings.Wanted::with);
                }
            }
        });
        return texts;
    }

    private void compareAnew() {
        synchronized (this) {
            desks.values().forEach(desk -> desk.vectors(meanings));
        }
        desks.keySet().forEach(knowledge::published);
    }

    @Override
    public void close() {
        meanings.close();
        desks.values().forEach(DeskPassages::close);
    }
}
