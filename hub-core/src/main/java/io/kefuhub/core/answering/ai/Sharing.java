package io.kefuhub.core.answering.ai;

import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.ai.cache.AnswerCache;
import io.kefuhub.core.answering.ai.cache.CacheKey;
import io.kefuhub.core.answering.ai.cache.CachedAnswer;
import io.kefuhub.core.answering.ai.cache.Flights;
import io.kefuhub.core.answering.knowledge.Normaliser;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.models.Used;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Thinks once for all who ask the same: gives an answer again, or lets those who ask at the same time wait for one. Safe for
 * threads.
 */
final class Sharing {
    private static final String HIT = "hit";
    private static final String SHARED = "shared";
    private static final int PIECE = 20;

    private final String assistant;
    private final AiSettings settings;
    private final AiFactory.Mind mind;
    private final Thinking thinking;
    private final Flights<CacheKey, Shared> flights = new Flights<>();

    /** @param assistant the instance and all that it tells a model */
    Sharing(String assistant, AiSettings settings, AiFactory.Mind mind, Thinking thinking) {
        this.assistant = assistant;
        this.settings = settings;
        this.mind = mind;
        this.thinking = thinking;
    }

    /** @param again how the answer came to be given again, {@code hit} or {@code shared}; empty when it was made for this turn */
    record Shared(Thought thought, Optional<String> again) {}

    Shared think(Prepared prepared, AnswerSink sink, Turn turn) {
        return whole(thought(prepared, sink, turn), prepared, sink);
    }

    /** An answer that broke off before anybody saw anything of it is made once more. */
    private Shared whole(Shared shared, Prepared prepared, AnswerSink sink) {
        var broke = shared.thought() instanceof Thought.Said said && said.care() == Thought.Care.PARTIAL;
        if (!broke
                || !thinking.mayBeginAgain(prepared.inquiry())
                || !prepared.inquiry().notes().mayBeMadeAnew()) return shared;
        var again = thinking.about(prepared.inquiry(), sink::draft, sink.cancel());
        return again instanceof Thought.Nothing ? shared : new Shared(again, Optional.empty());
    }

    private Shared thought(Prepared prepared, AnswerSink sink, Turn turn) {
        if (!prepared.shareable()) {
            mind.cache().looked(AnswerCache.Look.UNFIT);
            return new Shared(thinking.about(prepared.inquiry(), sink::draft, sink.cancel()), Optional.empty());
        }
        var key = key(prepared, turn);
        var known = mind.cache().find(key);
        var shared = known.isPresent() ? replayed(known.get(), sink) : flown(key, prepared, sink);
        mind.cache()
                .looked(shared.again()
                        .map(how -> how.equals(HIT) ? AnswerCache.Look.HIT : AnswerCache.Look.SHARED)
                        .orElse(AnswerCache.Look.MISSED));
        if (shared.thought() instanceof Thought.Said) {
            prepared.conversation().ifPresent(id -> mind.cache().given(key, new ConversationId(id)));
        }
        return shared;
    }

    private CacheKey key(Prepared prepared, Turn turn) {
        return CacheKey.of(new CacheKey.Fields(
                turn.desk(),
                assistant,
                turn.contact().verified() ? "known" : "anonymous",
                mind.knowledge().place(prepared.desk(), turn.channel()),
                turn.language().tag() + "/" + prepared.asked().code(),
                mind.knowledge().epoch(prepared.desk()),
                settings.policy() + "|" + prepared.inquiry().rules().policy(),
                mind.behind().apply(settings.alias()) + "\n\n" + mind.behind().apply(settings.cheaper()),
                Normaliser.normal(prepared.inquiry().material().question())));
    }

    private static Shared replayed(CachedAnswer known, AnswerSink sink) {
        var text = known.text();
        for (var end = PIECE; end < text.length(); end += PIECE) {
            if (!Character.isHighSurrogate(text.charAt(end - 1))) sink.draft(text.substring(0, end));
        }
        return new Shared(said(known), Optional.of(HIT));
    }

    private Shared flown(CacheKey key, Prepared prepared, AnswerSink sink) {
        var landed = flights.join(
                key,
                (drafts, cancel) -> prepared.inquiry().notes().during(() -> made(key, prepared, drafts, cancel)),
                sink::draft,
                sink.cancel(),
                prepared.inquiry().rules().forModels());
        return landed.map(it -> it.first() ? it.value() : new Shared(it.value().thought(), Optional.of(SHARED)))
                .orElseGet(() -> new Shared(new Thought.Cancelled(), Optional.empty()));
    }

    private Shared made(CacheKey key, Prepared prepared, Consumer<String> drafts, Cancel cancel) {
        // Whoever looked just before the last flight ended finds here what it brought.
        var known = mind.cache().find(key);
        if (known.isPresent()) return new Shared(said(known.get()), Optional.of(HIT));
        var thought = thinking.about(prepared.inquiry(), drafts, cancel);
        if (thought instanceof Thought.Said said) keep(key, said);
        return new Shared(thought, Optional.empty());
    }

    private void keep(CacheKey key, Thought.Said said) {
        // What draws on nothing that is known is no answer to others.
        if (said.care() != Thought.Care.WHOLE || said.citations().isEmpty()) return;
        var first = said.rung() == Rung.FULL && said.used().firstChoice();
        var answer = new CachedAnswer(
                said.text(),
                said.citations(),
                said.confidence(),
                said.used().deployment(),
                said.used().model());
        if (first) mind.cache().keep(key, answer, settings.cacheLife());
        else mind.cache().keepShort(key, answer);
    }

    private static Thought said(CachedAnswer known) {
        var used = new Used(known.deployment(), known.model(), true, Usage.UNKNOWN, 0, 0, Duration.ZERO, Duration.ZERO);
        return new Thought.Said(
                known.text(), known.citations(), known.confidence(), Rung.FULL, used, Thought.Care.WHOLE, 0);
    }
}
