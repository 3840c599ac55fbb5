package io.kefuhub.core.provisioning;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.models.catalogue.Alias;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.Rules;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.web.Role;
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
        List<Model> models,
        List<Knowledge> knowledge,
        List<Setting> settings) {
    static final Declarations NONE = new Declarations(
            List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of());

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
     * An instance of a filter, a responder or an AI provider.
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

        record OfRules(Where at, Rules rules) implements Model {}
    }

    /** Entries for one desk. */
    public record Knowledge(Where at, String desk, List<EntryContent> entries) {}

    /** One of the organisation's settings. */
    public record Setting(Where at, String key, String value) {}
}
