package io.kefuhub.core;

import io.kefuhub.api.Language;
import io.kefuhub.core.admin.ChannelView;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.intake.ServingChannels;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.life.InstanceName;
import io.kefuhub.core.plugin.life.InstanceState;
import io.kefuhub.core.plugin.life.Instances;
import io.kefuhub.core.web.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Channels and plugins as the console shows them. Safe for threads. */
final class AdminViews {
    private final ServingChannels serving;
    private final Instances instances;
    private final OfferedChannels offered;

    AdminViews(ServingChannels serving, Instances instances, OfferedChannels offered) {
        this.serving = serving;
        this.instances = instances;
        this.offered = offered;
    }

    List<ChannelView> channels(Language language) {
        return serving.all().stream()
                .sorted(Comparator.comparing(ChannelInstance::key))
                .map(instance -> view(
                        instance, health(instances.state(new InstanceName(Kind.CHANNEL, instance.key())), language)))
                .toList();
    }

    private ChannelView view(ChannelInstance instance, ChannelView.Health health) {
        return new ChannelView(
                instance.key(),
                instance.title().isBlank() ? instance.key() : instance.title(),
                instance.contribution(),
                instance.desk().value(),
                instance.enabled(),
                instance.managedBy(),
                health,
                offered.addresses(instance));
    }

    private static ChannelView.Health health(InstanceState state, Language language) {
        return switch (state) {
            case InstanceState.Serving() -> ChannelView.Health.of(ChannelView.State.OK);
            case InstanceState.Off() -> ChannelView.Health.of(ChannelView.State.OFF);
            case InstanceState.NoPlugin(var contribution) ->
                ChannelView.Health.of(ChannelView.State.FAILING)
                        .because(new Words("No plugin offers " + contribution + ".", "没有插件提供“" + contribution + "”。")
                                .in(language));
            case InstanceState.Broken(var problems, var _) ->
                new ChannelView.Health(
                        "failing",
                        problems.stream()
                                .findFirst()
                                .map(problem -> problem.text().in(language)),
                        problems.stream().findFirst().map(problem -> problem.setting()),
                        Optional.empty());
        };
    }
}
