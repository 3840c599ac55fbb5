package io.kefuhub.core.translation;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.conversation.Translated;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the translators of a desk in the admin's order, until one gives a translation that can be proven. Safe for threads;
 * asks on threads of its own, so many at once as the hub can have open.
 */
public final class AskedTranslators implements Interpreter {
    private static final Logger LOG = LoggerFactory.getLogger(AskedTranslators.class);
    private static final int LONGEST = 8_000;
    private static final int AT_ONCE = 128;

    private final Contributions contributions;
    private final Guard guard;
    private final TranslationRules rules;
    private final Function<Conversation, Place> places;
    private final CustomersWords customersWords;
    private final Leaving leaving;
    private final InstantSource clock;
    private final TranslationCache cache = new TranslationCache();
    private final Semaphore free = new Semaphore(AT_ONCE);
    private final Executor threads =
            work -> Thread.ofVirtual().name("translating").start(work);
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    /** What is being translated now, so that who wants the same waits for it. */
    private final Map<Flight, CompletableFuture<Optional<Translated>>> flights = new ConcurrentHashMap<>();

    private record Flight(ConversationId conversation, List<Part> parts, Language from, Language to) {}

    /**
     * Where a conversation takes place.
     *
     * @param desk its key
     * @param channel its key
     * @param language the desk's
     */
    public record Place(String desk, String channel, Language language) {}

    public AskedTranslators(
            Contributions contributions,
            Guard guard,
            TranslationRules rules,
            FilterChain filters,
            Function<Conversation, Place> places,
            CustomersWords customersWords,
            InstantSource clock) {
        this.contributions = contributions;
        this.guard = guard;
        this.rules = rules;
        this.leaving = new Leaving(filters);
        this.places = places;
        this.clock = clock;
        this.customersWords = customersWords;
    }

    @Override
    public boolean serves(Conversation conversation) {
        return contributions.now().hasTranslators()
                && !translators(places.apply(conversation).desk()).isEmpty();
    }

    @Override
    public Language agents(Conversation conversation) {
        return conversation
                .languages()
                .agents()
                .orElseGet(() -> places.apply(conversation).language());
    }

    @Override
    public void heard(Conversation conversation, StoredMessage message, List<Part> shown, Language language) {
        if (!serves(conversation)) return;
        threads.execute(() -> customersWords.heard(this, conversation, message, shown, language));
    }

    @Override
    public CompletableFuture<Optional<Translated>> render(Wish wish) {
        var flight = new Flight(wish.conversation().id(), wish.parts(), wish.from(), wish.to());
        var mine = new CompletableFuture<Optional<Translated>>();
        var others = flights.putIfAbsent(flight, mine);
        if (others != null) return others.copy();
        threads.execute(() -> {
            try {
                mine.complete(rendered(wish));
            } catch (RuntimeException e) {
                LOG.error("A translation failed by a defect", e);
                mine.complete(Optional.of(none(wish, Translated.Outcome.FAILED, Translated.By.NOBODY, "failed:")));
            } finally {
                flights.remove(flight);
            }
        });
        return mine.copy();
    }

    /** How many translations came to what, by outcome. */
    public Map<String, Long> counts() {
        var now = new TreeMap<String, Long>();
        counts.forEach((outcome, count) -> now.put(outcome, count.sum()));
        return now;
    }

    private Optional<Translated> rendered(Wish wish) {
        var texts = Renderings.texts(wish.parts()).stream()
                .filter(text -> Kept.of(text).hasWords())
                .distinct()
                .toList();
        if (texts.isEmpty()) return Optional.empty();
        if (!free.tryAcquire()) {
            return Optional.of(counted(none(wish, Translated.Outcome.FAILED, Translated.By.NOBODY, "busy:")));
        }
        try {
            var made = texts.stream().mapToInt(String::length).sum() > LONGEST
                    ? none(wish, Translated.Outcome.FAILED, Translated.By.NOBODY, "long:")
                    : first(wish, texts);
            return Optional.of(counted(made));
        } finally {
            free.release();
        }
    }

    private Translated counted(Translated made) {
        counts.computeIfAbsent(made.outcome().name().toLowerCase(java.util.Locale.ROOT), _ -> new LongAdder())
                .increment();
        return made;
    }

    /** The first proven one; else the first that was altered, else why there is none. */
    private Translated first(Wish wish, List<String> texts) {
        var place = places.apply(wish.conversation());
        var failed = none(wish, Translated.Outcome.FAILED, Translated.By.NOBODY, "nobody:");
        for (var translator : translators(place.desk())) {
            var made = by(translator, wish, place, texts);
            if (made.isProven()) return made;
            if (failed.outcome() != Translated.Outcome.ALTERED) failed = made;
        }
        return failed;
    }

    private Translated by(Slot<Translator> translator, Wish wish, Place place, List<String> texts) {
        var its = new Translated.By(
                translator.instance(),
                translator.plugin().id() + " " + translator.plugin().version());
        var told = rules.of(wish.conversation().place().desk());
        var glossary = told.glossary(texts, wish.to());
        var known = new HashMap<String, String>();
        for (var text : texts) {
            cache.find(key(translator, told, wish, text)).ifPresent(made -> known.put(text, made));
        }
        var asked = texts.stream().filter(text -> !known.containsKey(text)).toList();
        if (!asked.isEmpty()) {
            var screened = leaving.screened(wish.conversation().id(), facts(wish, place), asked);
            if (screened.isEmpty()) return none(wish, Translated.Outcome.FAILED, its, "filter:");
            var answer = ask(translator, wish, place, screened.get().texts(), glossary);
            var why = whyNot(answer);
            if (why.isPresent()) return none(wish, Translated.Outcome.FAILED, its, why.get());
            var made = screened.get().restored(texts(answer));
            if (made.size() != asked.size()) return none(wish, Translated.Outcome.ALTERED, its, "missing:");
            for (var i = 0; i < made.size(); i++) {
                var altered = Proof.altered(asked.get(i), made.get(i), glossary, wish.from(), wish.to());
                if (altered.isPresent()) return none(wish, Translated.Outcome.ALTERED, its, altered.get());
                known.put(asked.get(i), made.get(i));
                if (screened.get().hidden().isEmpty()) {
                    cache.keep(key(translator, told, wish, asked.get(i)), made.get(i));
                }
            }
        }
        var words = Renderings.texts(wish.parts()).stream()
                .map(text -> known.getOrDefault(text, text))
                .toList();
        return new Translated(
                wish.from(),
                wish.to(),
                Translated.Outcome.PROVEN,
                Renderings.with(wish.parts(), words),
                its,
                false,
                "");
    }

    /** What an answer without texts comes to, in a word for agents; empty where it has some. */
    private static Optional<String> whyNot(Asked<Translation> asked) {
        return switch (asked) {
            case Asked.Answered<Translation>(Translation.Translated _, var _) -> Optional.empty();
            case Asked.Answered<Translation>(Translation.NotThisPair(), var _) -> Optional.of("pair:");
            case Asked.Answered<Translation>(Translation.RetryLater _, var _) -> Optional.of("busy:");
            case Asked.Answered<Translation>(Translation.Failed(var reason), var _) ->
                Optional.of("failed:" + brief(reason));
            case Asked.Late<Translation> _ -> Optional.of("late:");
            case Asked.Failed<Translation> failed -> Optional.of("failed:" + brief(failed.problem()));
            case Asked.Unavailable<Translation> _ -> Optional.of("resting:");
        };
    }

    private static List<String> texts(Asked<Translation> asked) {
        return asked instanceof Asked.Answered<Translation>(Translation.Translated(var made), var _) ? made : List.of();
    }

    private Facts facts(Wish wish, Place place) {
        return new Facts(
                place.desk(), place.channel(), wish.conversation().language(), Map.of(), clock.instant(), List.of());
    }

    private Asked<Translation> ask(
            Slot<Translator> translator, Wish wish, Place place, List<String> texts, Map<String, String> glossary) {
        var conversation = wish.conversation();
        var payer = new Payer(
                place.desk(),
                place.channel(),
                translator.instance(),
                conversation.place().contact().toString(),
                Optional.of(conversation.id().value()),
                wish.about().map(message -> message.value()));
        return new CallNotes(payer).during(() -> guard.translate(translator, texts, wish.from(), wish.to(), glossary));
    }

    private List<Slot<Translator>> translators(String desk) {
        var mine = new ArrayList<Slot<Translator>>();
        for (var translator : contributions.now().translators()) {
            if (translator.terms().scope().covers(desk)) mine.add(translator);
        }
        return mine;
    }

    private static TranslationCache.Key key(Slot<Translator> translator, DeskRules told, Wish wish, String text) {
        return new TranslationCache.Key(
                translator.instance(),
                translator.plugin().version(),
                translator.generation(),
                told.desk(),
                told.version(),
                wish.from(),
                wish.to(),
                text);
    }

    private static Translated none(Wish wish, Translated.Outcome outcome, Translated.By by, String why) {
        return Translated.none(wish.from(), wish.to(), outcome, by, why);
    }

    private static String brief(String reason) {
        return reason.length() <= 200 ? reason : reason.substring(0, 200) + "…";
    }
}
