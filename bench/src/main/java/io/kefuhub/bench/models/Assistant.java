package io.kefuhub.bench.models;

import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.Models;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.Sentences;
import io.kefuhub.core.answering.ai.AiFactory;
import io.kefuhub.core.answering.ai.AiRules;
import io.kefuhub.core.answering.ai.FoundPassages;
import io.kefuhub.core.answering.ai.cache.AnswerCache;
import io.kefuhub.core.answering.ai.cache.CacheRules;
import io.kefuhub.core.answering.ai.context.Recollection;
import io.kefuhub.core.answering.ai.context.Summaries;
import io.kefuhub.core.answering.ai.context.SummaryRules;
import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.answering.knowledge.DemoKnowledge;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.Knowledge;
import io.kefuhub.core.answering.knowledge.SearchRules;
import io.kefuhub.core.answering.passages.Embedder;
import io.kefuhub.core.answering.passages.Passages;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.counting.Factors;
import io.kefuhub.core.models.counting.Tokens;
import io.kefuhub.core.plugin.InstanceStore;
import io.kefuhub.core.plugin.InstanceTasks;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * The hub's own assistant, which knows what the demo shop knows and asks models about the rest. Every question is that of
 * another customer. Safe for threads.
 */
final class Assistant implements AutoCloseable {
    private static final String DESK = "main";
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Near what the shop knows and not the same, so that no entry answers alone and a passage may be quoted. */
    static final List<String> QUESTIONS = List.of("运费由谁承担，退货的时候", "昨天买的衣服不喜欢，退货寄回去运费谁承担呀", "退货运费要我自己承担多少钱呢，不喜欢的话");

    private final Knowledge knowledge;
    private final Passages passages;
    private final Recollection recollection;
    private final Responder responder;

    /**
     * What a customer got.
     *
     * @param rung how far down the answer came from; empty for one that nothing was told of
     */
    record Got(String rung, Duration took) {}

    Assistant(Database database, AuditLog audit, Ids ids, Clock clock, String alias, ModelGateway models)
            throws IOException {
        var desk = desk(database, ids);
        knowledge = new Knowledge(database, audit, ids, clock, () -> SearchRules.USUAL);
        passages = new Passages(knowledge, database, Embedder.NONE, clock, _ -> false, () -> SearchRules.USUAL);
        var report = knowledge.importAll("bench", desk, DemoKnowledge.read(), false);
        if (!report.errors().isEmpty()) throw new IOException("the demo shop is not known: " + report.errors());
        var tokens = new Tokens();
        recollection = new Recollection(
                database,
                new Summaries(database, models, tokens, clock, () -> SummaryRules.USUAL),
                clock,
                () -> SummaryRules.USUAL);
        responder = new AiFactory(new AiFactory.Mind(
                        models,
                        name -> name,
                        knowledge,
                        new FoundPassages(passages),
                        key -> key.equals(DESK) ? Optional.of(desk) : Optional.empty(),
                        Sentences.USUAL,
                        recollection,
                        new AnswerCache(clock, () -> CacheRules.USUAL),
                        tokens,
                        new Factors(),
                        () -> AiRules.USUAL))
                .create(
                        Settings.of(Map.of("alias", alias, "cache", "false")),
                        new Lent(new InstanceStore(database, "bench:assistant", clock), clock));
        awaitKnown(desk);
    }

    private static UUID desk(Database database, Ids ids) {
        var desk = new Desk(new DeskId(ids.next()), DESK, Map.of("en", DESK), Language.ZH_CN, true, Optional.empty());
        return database.inTransaction(tx -> new Desks().keep(tx, desk)).value();
    }

    private void awaitKnown(UUID desk) throws IOException {
        var end = System.nanoTime() + LIMIT.toNanos();
        var first = QUESTIONS.getFirst();
        while (passages.find(desk, Asker.anybody(EntryLanguage.written(first)), first, 1)
                .passages()
                .isEmpty()) {
            if (System.nanoTime() - end >= 0) throw new IOException("the demo shop is not known");
            LockSupport.parkNanos(20_000_000);
        }
    }

    Got ask(int number) {
        var customer = UUID.randomUUID().toString();
        var turn = new Turn(
                UUID.randomUUID().toString(),
                DESK,
                "web",
                Language.ZH_CN,
                Message.of(QUESTIONS.get(number % QUESTIONS.size())),
                _ -> List.of(),
                Contact.anonymous(customer));
        var notes = new CallNotes(new Payer(DESK, "web", "helper", customer, Optional.empty(), Optional.empty()));
        var start = System.nanoTime();
        notes.during(() -> responder.respond(turn, _ -> {}));
        return new Got(notes.remarks().getOrDefault("rung", ""), Duration.ofNanos(System.nanoTime() - start));
    }

    @Override
    public void close() {
        recollection.close();
        passages.close();
        knowledge.close();
    }

    /** What an assistant of the hub's own needs of what plugins are lent: its name. */
    private record Lent(InstanceStore store, InstantSource clock) implements ResponderContext {
        @Override
        public String instance() {
            return "helper";
        }

        @Override
        public Models models() {
            throw new UnsupportedOperationException("it asks as the hub does");
        }

        @Override
        public Http http() {
            throw new UnsupportedOperationException("it calls nobody");
        }

        @Override
        public NoFiles files() {
            return new NoFiles();
        }

        @Override
        public InstanceTasks tasks() {
            throw new UnsupportedOperationException("it has none");
        }
    }
}
