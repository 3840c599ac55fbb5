package io.kefuhub.core.plugin.life;

import io.kefuhub.api.Language;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** An activation as the console shows it, in the reader's language. Immutable. */
record ActivationCard(
        UUID id,
        String plugin,
        String version,
        String hash,
        String fileName,
        String actor,
        Instant began,
        List<StepCard> steps,
        Optional<String> outcome,
        Optional<String> reason) {

    record StepCard(String step, long ms) {}

    static ActivationCard of(Activation one, Language language) {
        return new ActivationCard(
                one.id(),
                one.plugin(),
                one.version(),
                one.sha256(),
                one.fileName(),
                one.actor(),
                one.began(),
                one.steps().stream()
                        .map(taken -> new StepCard(
                                taken.step().name().toLowerCase(Locale.ROOT),
                                taken.took().toMillis()))
                        .toList(),
                one.outcome().map(outcome -> outcome.name().toLowerCase(Locale.ROOT)),
                one.reason().map(words -> words.in(language)));
    }
}
