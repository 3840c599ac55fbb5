package io.kefuhub.core.plugin.life;

import io.kefuhub.api.Language;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Words;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a version's file says of itself, as it is kept and shown. Immutable.
 *
 * @param titles by language tag
 * @param descriptions by language tag; may be empty
 * @param provider who made it, as it says itself; may be empty
 * @param asks what it asks to be allowed
 * @param signer whose signature it carries
 * @param warnings what an admin or its author should know, though it is no reason to refuse it
 * @param offers what can be made of it; empty until it has served
 */
public record VersionProfile(
        Map<String, String> titles,
        Map<String, String> descriptions,
        String provider,
        Asked asks,
        Optional<Signer> signer,
        List<Words> warnings,
        Optional<List<Offered>> offers) {
    public static final VersionProfile UNKNOWN =
            new VersionProfile(Map.of(), Map.of(), "", Asked.NOTHING, Optional.empty(), List.of(), Optional.empty());

    public VersionProfile {
        titles = Map.copyOf(titles);
        descriptions = Map.copyOf(descriptions);
        warnings = List.copyOf(warnings);
        offers = offers.map(List::copyOf);
    }

    /** One thing that instances are made of. */
    public record Offered(Kind kind, String contribution) {
        static Offered of(Offer<?> offer) {
            return new Offered(offer.kind(), offer.description().id());
        }
    }

    /** The same, now that it is known what it offers. */
    VersionProfile offering(List<Offered> known) {
        return new VersionProfile(titles, descriptions, provider, asks, signer, warnings, Optional.of(known));
    }

    /** Whether this instance is made of something that it offers. */
    boolean isOf(InstanceSpec spec) {
        return offers.orElse(List.of()).contains(new Offered(spec.kind(), spec.contribution()));
    }

    /**
     * Permissions in words.
     *
     * @param abilities as a manifest writes them
     */
    public record Asked(List<String> hosts, boolean files, boolean secrets, List<String> abilities) {
        public static final Asked NOTHING = new Asked(List.of(), false, false, List.of());

        public Asked {
            hosts = List.copyOf(hosts);
            abilities = List.copyOf(abilities);
        }

        Permissions permissions() {
            return new Permissions(
                    AllowedHosts.of(hosts),
                    files,
                    secrets,
                    abilities.stream()
                            .flatMap(word -> Permissions.Ability.of(word).stream())
                            .collect(Collectors.toSet()));
        }

        public static Asked of(Permissions permissions) {
            return new Asked(
                    permissions.hosts().entries(),
                    permissions.files(),
                    permissions.secrets(),
                    permissions.abilities().stream()
                            .map(Permissions.Ability::word)
                            .sorted()
                            .toList());
        }
    }

    /** @param trusted whether an admin trusts this signer's certificate */
    public record Signer(String name, String fingerprint, boolean trusted) {}

    /** Reads what {@code Json.text} made of a profile; an empty object is {@link #UNKNOWN}. */
    static VersionProfile read(String json) {
        return json.equals("{}") ? UNKNOWN : Json.parse(json, VersionProfile.class);
    }

    static String in(Map<String, String> texts, Language language) {
        return texts.getOrDefault(language.tag(), texts.getOrDefault(Language.EN.tag(), ""));
    }
}
