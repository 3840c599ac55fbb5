package io.kefuhub.core;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.core.admin.DoctorView;
import io.kefuhub.core.admin.DoctorView.Todo;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.intake.ChannelHost;
import io.kefuhub.core.intake.ServingChannels;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.life.InstanceName;
import io.kefuhub.core.plugin.life.InstanceState;
import io.kefuhub.core.plugin.life.Instances;
import io.kefuhub.core.telemetry.ChannelWatch;
import io.kefuhub.core.telemetry.ChannelWatch.Outcome;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Says how a channel fares and what is to be done about it. Safe for threads. */
final class ChannelDoctor {
    /** Clocks further apart than this make platforms and channels refuse each other. */
    private static final Duration SKEW = Duration.ofSeconds(30);

    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+|\\[[0-9a-fA-F:]+]");

    private final ServingChannels channels;
    private final Instances instances;
    private final ChannelHost host;
    private final ChannelWatch watch;
    private final URI publicUrl;

    ChannelDoctor(ServingChannels channels, Instances instances, ChannelHost host, ChannelWatch watch, URI publicUrl) {
        this.channels = channels;
        this.instances = instances;
        this.host = host;
        this.watch = watch;
        this.publicUrl = publicUrl;
    }

    /** Where a platform calls a channel. */
    static String address(URI publicUrl, String channel) {
        return publicUrl + "/webhooks/" + channel;
    }

    Optional<DoctorView> view(String channel) {
        return channels.instance(channel).map(this::view);
    }

    private DoctorView view(ChannelInstance channel) {
        var standing = watch.standing(channel.key());
        var verifies = !channel.enabled() && host.standing(channel.key()).isPresent();
        var line = channel.enabled() ? standing.line() : Optional.<ChannelWatch.Line>empty();
        return new DoctorView(
                address(publicUrl, channel.key()),
                verifies,
                standing.called().map(ChannelDoctor::seen),
                standing.refused().map(ChannelDoctor::seen),
                standing.pulled().map(ChannelDoctor::seen),
                standing.sent().map(ChannelDoctor::seen),
                line.map(one -> new DoctorView.Connection(one.up(), one.since())),
                standing.delay().map(Duration::toMillis),
                todo(channel, standing, verifies, line));
    }

    private static DoctorView.Seen seen(ChannelWatch.Seen seen) {
        return new DoctorView.Seen(seen.at(), seen.outcome().name().toLowerCase(Locale.ROOT), seen.detail());
    }

    private List<Todo> todo(
            ChannelInstance channel,
            ChannelWatch.Standing standing,
            boolean verifies,
            Optional<ChannelWatch.Line> line) {
        var todo = new ArrayList<Todo>();
        var name = new InstanceName(Kind.CHANNEL, channel.key());
        switch (instances.state(name)) {
            case InstanceState.Off() -> {
                var problems = instances.cannotStand(name);
                if (verifies) todo.add(new Todo("verify-then-switch-on", ""));
                else if (!problems.isEmpty()) todo.add(new Todo("cannot-verify", words(problems.getFirst())));
                else todo.add(new Todo("switch-on", ""));
            }
            case InstanceState.NoPlugin(var contribution) -> todo.add(new Todo("no-plugin", contribution));
            case InstanceState.Broken(var problems, var _) -> todo.add(new Todo("broken", words(problems.getFirst())));
            case InstanceState.Serving() -> {}
        }
        standing.sent()
                .filter(seen -> seen.outcome() == Outcome.MISCONFIGURED)
                .ifPresent(seen -> todo.add(new Todo("send-misconfigured", seen.detail())));
        standing.sent()
                .filter(seen -> seen.outcome() == Outcome.FAILED || seen.outcome() == Outcome.LATER)
                .ifPresent(seen -> todo.add(new Todo("send-failed", seen.detail())));
        standing.called()
                .filter(seen -> seen.outcome() == Outcome.REFUSED)
                .ifPresent(seen -> todo.add(new Todo("call-refused", seen.detail())));
        standing.called()
                .filter(seen -> seen.outcome() == Outcome.FAILED)
                .ifPresent(seen -> todo.add(new Todo("call-failed", seen.detail())));
        standing.pulled()
                .filter(seen -> seen.outcome() == Outcome.FAILED)
                .ifPresent(seen -> todo.add(new Todo("pull-failed", seen.detail())));
        line.filter(one -> !one.up())
                .ifPresent(one -> todo.add(
                        one.refused().isEmpty()
                                ? new Todo("connection-lost", "")
                                : new Todo("connection-refused", one.refused())));
        standing.delay()
                .filter(delay -> delay.plus(SKEW).isNegative())
                .ifPresent(delay -> todo.add(new Todo("clock-behind", String.valueOf(-delay.toSeconds()))));
        if (isCalled(channel) && standing.line().isEmpty()) {
            if (isLocal(publicUrl.getHost())) todo.add(new Todo("local-address", publicUrl.toString()));
            else if (standing.called().isEmpty()) todo.add(new Todo("never-called", ""));
        }
        return todo;
    }

    private static String words(CheckResult.Problem problem) {
        return problem.setting().isEmpty() ? problem.text() : problem.setting() + ": " + problem.text();
    }

    /** Whether a platform is expected to call: not where customers' browsers do. */
    private boolean isCalled(ChannelInstance channel) {
        return channels.abilities(channel.id())
                .map(abilities -> abilities.delivery() == Abilities.DeliveryKind.PUSHED)
                .orElse(!channel.enabled());
    }

    /** Names are not looked up: nothing is asked of the network to show a page. */
    private static boolean isLocal(String host) {
        if (host == null || host.equals("localhost") || host.endsWith(".local") || !host.contains(".")) return true;
        if (!NUMBERS.matcher(host).matches()) return false;
        try {
            var address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || address.isSiteLocalAddress() || address.isLinkLocalAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
