package io.kefuhub.core;

import io.kefuhub.api.Language;
import io.kefuhub.core.admin.ChannelView;
import io.kefuhub.core.admin.PluginView;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.intake.ChannelState;
import io.kefuhub.core.intake.Channels;
import io.kefuhub.core.intake.ServingChannels;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.PluginState;
import io.kefuhub.core.plugin.PluginVersion;
import io.kefuhub.core.plugin.Slot;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Channels and plugins as the console shows them. Safe for threads. */
final class AdminViews {
    private final ServingChannels serving;
    private final Channels channels;
    private final List<PluginState> plugins;
    private final Contributions contributions;
    private final URI publicUrl;

    AdminViews(
            ServingChannels serving,
            Channels channels,
            List<PluginState> plugins,
            Contributions contributions,
            URI publicUrl) {
        this.serving = serving;
        this.channels = channels;
        this.plugins = List.copyOf(plugins);
        this.contributions = contributions;
        this.publicUrl = publicUrl;
    }

    List<ChannelView> channels() {
        var states = channels.states();
        return serving.all().stream()
                .sorted(Comparator.comparing(ChannelInstance::key))
                .map(instance -> view(instance, health(states.getOrDefault(instance.key(), new ChannelState.Off()))))
                .toList();
    }

    private ChannelView view(ChannelInstance instance, ChannelView.Health health) {
        return new ChannelView(
                instance.key(),
                instance.title(),
                instance.contribution(),
                instance.desk().value(),
                instance.enabled(),
                instance.managedBy(),
                health,
                List.of(publicUrl + "/webhooks/" + instance.key()));
    }

    private static ChannelView.Health health(ChannelState state) {
        return switch (state) {
            case ChannelState.Serving() -> ChannelView.Health.of(ChannelView.State.OK);
            case ChannelState.Off() -> ChannelView.Health.of(ChannelView.State.OFF);
            case ChannelState.NoPlugin(var contribution) ->
                ChannelView.Health.of(ChannelView.State.FAILING).because("No plugin offers " + contribution + ".");
            case ChannelState.Broken(var problems) ->
                new ChannelView.Health(
                        "failing",
                        problems.stream().findFirst().map(problem -> problem.text()),
                        problems.stream().findFirst().map(problem -> problem.setting()),
                        Optional.empty());
        };
    }

    List<PluginView> plugins() {
        return plugins.stream()
                .map(state -> switch (state) {
                    case PluginState.Serving(var _, var plugin, var offers) -> view(plugin, offers);
                    case PluginState.Refused(var file, var reason) ->
                        new PluginView(
                                file,
                                "",
                                Optional.empty(),
                                "refused",
                                Optional.of(reason),
                                List.of(),
                                0,
                                0,
                                0,
                                Optional.empty());
                })
                .toList();
    }

    private PluginView view(PluginVersion plugin, List<Offer<?>> offers) {
        var slots = new ArrayList<Slot<?>>();
        for (var kind : Kind.values()) slots.addAll(contributions.now().slots(kind));
        var counts = slots.stream()
                .filter(slot -> slot.plugin().equals(plugin))
                .map(Slot::counters)
                .toList();
        return new PluginView(
                plugin.id(),
                plugin.version(),
                Optional.of(plugin.sha256()),
                "serving",
                Optional.empty(),
                offers.stream()
                        .map(offer -> new PluginView.Contribution(
                                offer.description().id(),
                                offer.kind().name().toLowerCase(Locale.ROOT),
                                offer.description().title(Language.EN)))
                        .toList(),
                counts.stream().mapToLong(count -> count.calls()).sum(),
                counts.stream().mapToLong(count -> count.errors()).sum(),
                counts.stream().mapToLong(count -> count.late()).sum(),
                Optional.empty());
    }
}
