package io.kefuhub.core;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
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
    private final OfferedChannels offered;

    ChannelDoctor(
            ServingChannels channels,
            Instances instances,
            ChannelHost host,
            ChannelWatch watch,
            OfferedChannels offered) {
        this.channels = channels;
        this.instances = instances;
        this.host = host;
        this.watch = watch;
        this.offered = offered;
    }

    Optional<DoctorView> view(String channel, Language language) {
        return channels.instance(channel).map(found -> view(found, language));
    }

    private DoctorView view(ChannelInstance channel, Language language) {
        var standing = watch.standing(channel.key());
        var verifies = !channel.enabled() && host.standing(channel.key()).isPresent();
        var line = channel.enabled() ? standing.line() : Optional.<ChannelWatch.Line>empty();
        return new DoctorView(
                offered.webhook(channel.key()),
                verifies,
                standing.called().map(one -> seen(one, language)),
                standing.refused().map(one -> seen(one, language)),
                standing.pulled().map(one -> seen(one, language)),
                standing.sent().map(one -> seen(one, language)),
                line.map(one -> new DoctorView.Connection(one.up(), one.since())),
                standing.delay().map(Duration::toMillis),
                todo(channel, standing, verifies, line, language));
    }

    private static DoctorView.Seen seen(ChannelWatch.Seen seen, Language language) {
        return new DoctorView.Seen(
                seen.at(),
                seen.outcome().name().toLowerCase(Locale.ROOT),
                seen.detail().in(language));
    }

    private List<Todo> todo(
            ChannelInstance channel,
            ChannelWatch.Standing standing,
            boolean verifies,
            Optional<ChannelWatch.Line> line,
            Language language) {
        var todo = new ArrayList<Todo>();
        var name = new InstanceName(Kind.CHANNEL, channel.key());
        switch (instances.state(name)) {
            case InstanceState.Off() -> {
                var problems = instances.cannotStand(name);
                if (verifies) todo.add(new Todo("verify-then-switch-on", ""));
                else if (!problems.isEmpty())
                    todo.add(new Todo("cannot-verify", words(channel, problems.getFirst(), language)));
                else todo.add(new Todo("switch-on", ""));
            }
            case InstanceState.NoPlugin(var contribution) -> todo.add(new Todo("no-plugin", contribution));
            case InstanceState.Broken(var problems, var _) ->
                todo.add(new Todo("broken", words(channel, problems.getFirst(), language)));
            case InstanceState.Serving() -> {}
        }
        standing.sent()
                .filter(seen -> seen.outcome() == Outcome.MISCONFIGURED)
                .ifPresent(seen -> todo.add(new Todo(
                        "send-misconfigured",
                        words(channel, new CheckResult.Problem(seen.setting(), seen.detail()), language))));
        standing.sent()
                .filter(seen -> seen.outcome() == Outcome.FAILED || seen.outcome() == Outcome.LATER)
                .ifPresent(
                        seen -> todo.add(new Todo("send-failed", seen.detail().in(language))));
        standing.called()
                .filter(seen -> seen.outcome() == Outcome.REFUSED)
                .ifPresent(
                        seen -> todo.add(new Todo("call-refused", seen.detail().in(language))));
        standing.called()
                .filter(seen -> seen.outcome() == Outcome.FAILED)
                .ifPresent(
                        seen -> todo.add(new Todo("call-failed", seen.detail().in(language))));
        standing.pulled()
                .filter(seen -> seen.outcome() == Outcome.FAILED)
                .ifPresent(
                        seen -> todo.add(new Todo("pull-failed", seen.detail().in(language))));
        line.filter(one -> !one.up())
                .ifPresent(one -> todo.add(one.refused()
                        .map(why -> new Todo("connection-refused", why.in(language)))
                        .orElse(new Todo("connection-lost", ""))));
        standing.delay()
                .filter(delay -> delay.plus(SKEW).isNegative())
                .ifPresent(delay -> todo.add(new Todo("clock-behind", String.valueOf(-delay.toSeconds()))));
        if (standing.called().isEmpty() && isCalled(channel)) {
            var url = offered.publicUrl();
            todo.add(isLocal(url.getHost()) ? new Todo("local-address", url.toString()) : new Todo("never-called", ""));
        }
        return todo;
    }

    private String words(ChannelInstance channel, CheckResult.Problem problem, Language language) {
        return offered.sentence(channel, problem).in(language);
    }

    /** Whether a platform is expected to call: not where customers' browsers do, nor where the channel keeps a connection. */
    private boolean isCalled(ChannelInstance channel) {
        return offered.addresses(channel).contains(offered.webhook(channel.key()));
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
