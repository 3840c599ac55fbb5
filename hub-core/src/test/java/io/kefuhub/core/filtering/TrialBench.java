package io.kefuhub.core.filtering;

import io.kefuhub.api.Language;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.TakeBack;
import io.kefuhub.core.plugin.Trial;
import io.kefuhub.core.plugin.TrialLimits;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.plugin.TrialReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A chain with one filter called {@code words}, of which a candidate may be on trial. */
final class TrialBench implements AutoCloseable {
    static final TrialMode SHADOW = new TrialMode.Shadow();
    static final TrialMode ALL = new TrialMode.Canary(100);
    static final TrialLimits NO_LIMITS = new TrialLimits(100, 100, 1e6, Duration.ofDays(1), 100, 100);
    static final Facts FACTS = new Facts("shop", "web", Language.EN, Map.of(), Instant.EPOCH, List.of());

    final Contributions contributions = new Contributions();
    final Guard guard = new Guard((_, _, _, _) -> {}, 2);
    final FilterChain chain = new FilterChain(contributions, guard);
    final List<TakeBack> takenBack = new CopyOnWriteArrayList<>();

    static Slot<Filter> filter(String version, Function<Message, Verdict> judge) {
        return filter(version, Duration.ofSeconds(20), judge);
    }

    static Slot<Filter> filter(String version, Duration deadline, Function<Message, Verdict> judge) {
        return slot("words", version, deadline, Foreign.filter(Set.of(Stage.CUSTOMER_IN), judge));
    }

    static Slot<Filter> slot(String name, String version, Duration deadline, Filter filter) {
        return Foreign.slot(Kind.FILTER, name, Foreign.version(version), filter, deadline);
    }

    /** Serves a filter of version 1 that lets everything pass, and tags it. */
    TrialBench serving() {
        return serving(filter("1", _ -> pass("1")));
    }

    TrialBench serving(Slot<Filter> serving) {
        contributions.replace(serving);
        return this;
    }

    Trial<Filter> begin(Slot<Filter> candidate, TrialMode mode) {
        return begin(candidate, mode, TrialLimits.USUAL);
    }

    Trial<Filter> begin(Slot<Filter> candidate, TrialMode mode, TrialLimits limits) {
        guard.stages(candidate);
        var trial = Trial.of(candidate, mode, limits, Clock.systemUTC(), takenBack::add);
        contributions.change(draft -> draft.begin(trial));
        return trial;
    }

    TrialReport report() {
        return contributions.now().filterTrial("words").orElseThrow().report();
    }

    Filtered says(String text) {
        return says(new ConversationId(UUID.randomUUID()), text);
    }

    Filtered says(ConversationId conversation, String text) {
        return chain.apply(conversation, Message.of(text), FACTS, Stage.CUSTOMER_IN);
    }

    static Verdict pass(String tag) {
        return new Verdict.Pass(Set.of(tag));
    }

    @Override
    public void close() {
        guard.close();
    }
}
