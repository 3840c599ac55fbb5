package io.kefuhub.core.models.routing;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.core.models.CallNotes;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.ModelOutcome.NotAnswered;
import io.kefuhub.core.models.ModelOutcome.Why;
import io.kefuhub.core.models.ModelQuestion;
import io.kefuhub.core.models.Used;
import io.kefuhub.core.models.catalogue.Alias;
import io.kefuhub.core.models.catalogue.Catalogue;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.Health;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Asks the deployments of an alias, see {@link Course}. Safe for threads. */
public final class RoutedModels implements ModelGateway, AutoCloseable {
    private final Parts parts;
    private final Shared shared;

    /** What all questions have in common. */
    record Shared(Stations stations, PayerLimits limits, Hedges hedges, Thrift thrift) {}

    /** A question, where it goes, and the tempo it keeps. */
    record Asked(ModelQuestion question, Alias alias, Tempo tempo) {}

    public RoutedModels(Parts parts) {
        this.parts = parts;
        LongSupplier nanoTime = System::nanoTime;
        var stations = new Stations(parts.tempo(), nanoTime, parts.clock(), this::isThere);
        shared = new Shared(stations, new PayerLimits(nanoTime), new Hedges(nanoTime), new Thrift(nanoTime));
        parts.keeper().listen(catalogue -> {
            shared.stations().adapt(catalogue);
            shared.limits().adapt(catalogue);
        });
        parts.metrics().watch(stations);
    }

    private boolean isThere(Deployment deployment) {
        return parts.contributions()
                .now()
                .aiProvider(deployment.instance())
                .flatMap(slot -> parts.guard().check(slot).answer())
                .filter(CheckResult.Fine.class::isInstance)
                .isPresent();
    }

    @Override
    public ModelOutcome ask(ModelQuestion question, AiSink sink, Cancel cancel) {
        var catalogue = parts.keeper().now();
        var alias = catalogue.alias(question.alias());
        var outcome = alias.isEmpty()
                ? new NotAnswered(Why.NO_MODEL, "there is no alias " + question.alias(), Used.NOTHING)
                : go(catalogue, asked(question, alias.get()), sink, cancel);
        note(question, outcome);
        return outcome;
    }

    /** Writes down for the trace and the metrics what became of a question, also of one that was not asked. */
    public void note(ModelQuestion question, ModelOutcome outcome) {
        CallNotes.current().add(new CallNotes.Note(question.alias(), question.purpose(), outcome));
        parts.metrics().answered(question, outcome);
    }

    /** Asks one deployment alone, whether it is on or off; the alias of the question says nothing. */
    public ModelOutcome ask(Deployment deployment, ModelQuestion question, AiSink sink, Cancel cancel) {
        var on = deployment.withEnabled(true).withOff(Optional.empty());
        var now = parts.keeper().now();
        var alone = Catalogue.of(Map.of(on.key(), on), Map.of(), now.rules());
        var alias = new Alias("", "", List.of(on.key()), Optional.empty(), Optional.empty());
        return go(alone, asked(question, alias), sink, cancel);
    }

    private Asked asked(ModelQuestion question, Alias alias) {
        return new Asked(question, alias, parts.tempo().get());
    }

    private ModelOutcome go(Catalogue catalogue, Asked asked, AiSink sink, Cancel cancel) {
        var question = asked.question();
        var line = shared.limits().desk(question.payer().desk()).line();
        if (!line.enter(asked.tempo().line(), asked.tempo().waiting(), cancel)) {
            return cancel.isRequested()
                    ? new ModelOutcome.Cancelled("", Used.NOTHING)
                    : new NotAnswered(Why.BUSY, "too many questions of one desk at once", Used.NOTHING);
        }
        try {
            return new Course(parts, shared, catalogue, asked, sink, cancel).go();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new ModelOutcome.Cancelled("", Used.NOTHING);
        } finally {
            line.leave();
        }
    }

    Stations stations() {
        return shared.stations();
    }

    /** How the deployments fare, by their keys. */
    public Collection<Health> health() {
        return shared.stations().all().stream().map(Station::health).toList();
    }

    @Override
    public void close() {
        shared.stations().close();
    }
}
