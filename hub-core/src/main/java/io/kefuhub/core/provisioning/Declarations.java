package io.kefuhub.core.provisioning;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.models.catalogue.Alias;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.money.Limits;
import io.kefuhub.core.models.money.price.PriceBody;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.translation.Term;
import io.kefuhub.core.web.Role;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All that one file declares. Immutable. */
public record Declarations(
        List<Desk> desks,
        List<Person> people,
        List<Plugin> plugins,
        List<Channel> channels,
        List<Instance> filters,
        List<Instance> responders,
        List<Instance> providers,
        List<Instance> translators,
        List<Model> models,
        List<Rules> rules,
        List<Knowledge> knowledge,
        List<Setting> settings,
        List<Money> money,
        List<Translation> translation) {
    static final Declarations NONE = new Declarations(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of(), List.of(), List.of(), List.of(), List.of());

    /** A desk by its key. */
    public record Desk(Where at, String key, Map<String, String> titles, Language language, boolean enabled) {}

    /**
     * Somebody who works here.
     *
     * @param desks keys; empty for all
     * @param password for who is new here
     */
    public record Person(
            Where at,
            String login,
            String name,
            Set<Role> roles,
            List<String> desks,
            Language language,
            boolean enabled,
            String password,
            boolean mustChangePassword) {
        @Override
        public String toString() {
            return "Person[" + login + "]";
        }
    }

    /**
     * An instance of a channel.
     *
     * @param type the contribution it is made from
     * @param desk a key
     * @param settings in plain text, secrets too
     */
    public record Channel(
            Where at,
            String key,
            String type,
            String title,
            String desk,
            Map<String, String> settings,
            boolean enabled) {
        @Override
        public String toString() {
            return "Channel[" + key + "]";
        }
    }

    /**
     * What a plugin may.
     *
     * @param allowed agreed to before the plugin asks
     */
    public record Plugin(Where at, String id, Permissions allowed) {}

    /**
     * An instance of a filter, a responder, a translator or an AI provider.
     *
     * @param type the contribution it is made from; its plugin may come later
     * @param settings in plain text, secrets too
     * @param order among its kind, smallest first
     */
    public record Instance(
            Where at,
            Kind kind,
            String key,
            String type,
            String title,
            Map<String, String> settings,
            InstanceSpec.Choices choices,
            Optional<Integer> order,
            boolean enabled) {
        @Override
        public String toString() {
            return kind + "[" + key + "]";
        }
    }

    /** Something of models. */
    public sealed interface Model {
        Where at();

        record OfDeployment(Where at, Deployment deployment) implements Model {}

        record OfAlias(Where at, Alias alias) implements Model {}

        record OfRules(Where at, io.kefuhub.core.models.catalogue.Rules rules) implements Model {}
    }

    /**
     * The numbers by which the hub answers; what is not named is as usual.
     *
     * @param wanted as written, by group and name
     * @param places where each group, and each rule as {@code group.name}, stands
     */
    public record Rules(Where at, Map<String, Map<String, String>> wanted, Map<String, Where> places) {}

    /** Entries for one desk. */
    public record Knowledge(Where at, String desk, List<EntryContent> entries) {}

    /** What a file says about money; a file says it once. */
    public record Money(Where at, Optional<Books> books, List<Rate> rates, List<Budget> budgets, List<Price> prices) {}

    /**
     * How the books are kept.
     *
     * @param currency as it is where it is left out, and so is the zone
     */
    public record Books(
            Where at,
            Optional<String> currency,
            Optional<ZoneId> zone,
            Map<String, ZoneId> deskZones,
            int gracePercent,
            boolean closesOnExcess) {}

    /** What one unit of a currency is worth in that of the books. */
    public record Rate(Where at, String currency, BigDecimal rate, Optional<Instant> validFrom, String source) {}

    public record Budget(Where at, Limits.Declared budget) {}

    /** @param body was found to be in order */
    public record Price(Where at, PriceBody body) {}

    /**
     * What translators are told of a desk.
     *
     * @param detectAlias the model that tells a language when nothing else does
     */
    public record Translation(Where at, String desk, Optional<String> detectAlias, List<Term> glossary) {
        public Translation {
            glossary = List.copyOf(glossary);
        }
    }

    /** One of the organisation's settings. */
    public record Setting(Where at, String key, String value) {}
}
