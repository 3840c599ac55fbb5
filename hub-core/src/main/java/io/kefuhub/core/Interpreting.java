package io.kefuhub.core;

import io.kefuhub.api.Language;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.desk.DeskRoom;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.telemetry.Metrics;
import io.kefuhub.core.translation.AskedTongues;
import io.kefuhub.core.translation.AskedTranslators;
import io.kefuhub.core.translation.CustomersWords;
import io.kefuhub.core.translation.Interpreter;
import io.kefuhub.core.translation.Spoken;
import io.kefuhub.core.translation.TranslationRoutes;
import io.kefuhub.core.translation.TranslationRules;
import io.kefuhub.core.web.RouteModule;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Everybody in their own language, put together. */
final class Interpreting {
    final TranslationRules rules;

    private final Database database;
    private final Clock clock;
    private final Contributions contributions;
    private final Guard guard;
    private final ModelGateway models;
    private final Names names;
    private final Metrics metrics;

    Interpreting(
            Database database,
            AuditLog audit,
            Clock clock,
            Contributions contributions,
            Guard guard,
            ModelGateway models,
            Names names,
            Metrics metrics) {
        this.database = database;
        this.clock = clock;
        this.contributions = contributions;
        this.guard = guard;
        this.models = models;
        this.names = names;
        this.metrics = metrics;
        rules = new TranslationRules(database, audit, clock);
    }

    /** Who translates, and who keeps what customers say in the agents' language. */
    record Joined(Journal journal, AskedTranslators interpreter, CustomersWords customersWords) {}

    Joined join(Journal journal) {
        var customersWords = new CustomersWords(database, journal, new AskedTongues(models, rules, this::payer), clock);
        var interpreter = new AskedTranslators(
                contributions, guard, rules, new FilterChain(contributions, guard), this::place, customersWords, clock);
        metrics.counters("kefuhub_translations_total", "Translations by what became of them.", () -> {
            var counts = new HashMap<Map<String, String>, Double>();
            interpreter.counts().forEach((outcome, count) -> counts.put(Map.of("outcome", outcome), (double) count));
            return counts;
        });
        return new Joined(journal, interpreter, customersWords);
    }

    RouteModule routes(Joined joined, DeskRoom desk) {
        Interpreter interpreter = joined.interpreter();
        return new TranslationRoutes(
                rules,
                new Spoken(joined.journal(), interpreter, joined.customersWords()),
                interpreter,
                desk::conversation,
                names::ids);
    }

    private AskedTranslators.Place place(Conversation conversation) {
        var its = names.of(conversation.place());
        var language =
                names.desk(conversation.place().desk()).map(Desk::language).orElse(Language.EN);
        return new AskedTranslators.Place(its.desk(), its.channel(), language);
    }

    private Payer payer(Conversation conversation) {
        var its = names.of(conversation.place());
        return new Payer(
                its.desk(),
                its.channel(),
                "languages",
                conversation.place().contact().toString(),
                Optional.of(conversation.id().value()),
                Optional.empty());
    }
}
