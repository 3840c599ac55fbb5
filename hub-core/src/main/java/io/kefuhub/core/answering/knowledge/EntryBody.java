package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An entry as callers write it. */
final class EntryBody {
    private EntryBody() {}

    record New(
            Optional<String> desk,
            Optional<String> language,
            String question,
            Optional<List<String>> similar,
            String answer,
            Optional<Instant> validFrom,
            Optional<Instant> validUntil,
            Optional<String> audience,
            Optional<List<String>> channels,
            Optional<Boolean> enabled) {
        EntryContent content() {
            return checked(() -> new EntryContent(
                    language.map(EntryBody::language).orElse(EntryLanguage.ANY),
                    question,
                    similar.orElse(List.of()),
                    answer,
                    new Validity(validFrom.orElse(Instant.MIN), validUntil.orElse(Instant.MAX)),
                    reach(audience, channels, Reach.EVERYBODY),
                    enabled.orElse(true)));
        }
    }

    /** The whole entry anew; only language, audience, channels and switch may be left out, and stay. */
    record Change(
            Optional<String> desk,
            Optional<String> language,
            String question,
            Optional<List<String>> similar,
            String answer,
            Optional<Instant> validFrom,
            Optional<Instant> validUntil,
            Optional<String> audience,
            Optional<List<String>> channels,
            Optional<Boolean> enabled,
            long version) {
        EntryContent content(EntryContent before) {
            return checked(() -> new EntryContent(
                    language.map(EntryBody::language).orElse(before.language()),
                    question,
                    similar.orElse(List.of()),
                    answer,
                    new Validity(validFrom.orElse(Instant.MIN), validUntil.orElse(Instant.MAX)),
                    reach(audience, channels, before.reach()),
                    enabled.orElse(before.enabled())));
        }
    }

    static EntryLanguage language(String code) {
        return EntryLanguage.of(code).orElseThrow(() -> Problem.invalid("language", "zh, en or any.", "zh、en 或 any。"));
    }

    static Audience audience(String code) {
        return Audience.of(code)
                .orElseThrow(() ->
                        Problem.invalid("audience", "all, anonymous or signed-in.", "all、anonymous 或 signed-in。"));
    }

    private static Reach reach(Optional<String> audience, Optional<List<String>> channels, Reach before) {
        return new Reach(
                audience.map(EntryBody::audience).orElse(before.audience()), channels.orElse(before.channels()));
    }

    static EntryContent checked(Supplier<EntryContent> content) {
        try {
            return content.get();
        } catch (EntryContent.Unfit e) {
            throw Problem.invalid(e.field(), e.words().en(), e.words().zh());
        }
    }
}
