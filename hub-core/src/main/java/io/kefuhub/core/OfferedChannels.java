package io.kefuhub.core;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.Settings;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.life.InstanceName;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.plugin.life.Instances;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What plugins say of the channels made from them: where these are reached, and how their settings are called. Safe for threads. */
final class OfferedChannels {
    private final Instances instances;
    private final Contributions contributions;
    private final Guard guard;
    private final URI publicUrl;

    OfferedChannels(Instances instances, Contributions contributions, Guard guard, URI publicUrl) {
        this.instances = instances;
        this.contributions = contributions;
        this.guard = guard;
        this.publicUrl = publicUrl;
    }

    /** Where all of the hub is reached. */
    URI publicUrl() {
        return publicUrl;
    }

    /** Where a platform calls a channel, if it does. */
    String webhook(String channel) {
        return publicUrl + "/webhooks/" + channel;
    }

    /** Where a channel is reached from outside; nowhere without its plugin. */
    List<String> addresses(ChannelInstance channel) {
        var settings = instances
                .find(new InstanceName(Kind.CHANNEL, channel.key()))
                .map(InstanceSpec::settings)
                .orElse(Map.of());
        return offer(channel).map(offer -> guard.addresses(offer, Settings.of(settings))).orElse(List.of()).stream()
                .map(path -> publicUrl + path.replace("{key}", channel.key()))
                .toList();
    }

    /** A problem in one sentence, with the name that its setting has in the form. */
    Localized sentence(ChannelInstance channel, CheckResult.Problem problem) {
        if (problem.setting().isEmpty()) return problem.text();
        var label = offer(channel).stream()
                .flatMap(offer -> offer.description().settings().stream())
                .filter(spec -> spec.key().equals(problem.setting()))
                .findFirst()
                .map(spec -> new Localized(spec.labels()))
                .orElse(Localized.of(problem.setting()));
        var text = problem.text();
        return Localized.of(label + ": " + text, label.in(Language.ZH_CN) + "：" + text.in(Language.ZH_CN));
    }

    private Optional<Offer<?>> offer(ChannelInstance channel) {
        return contributions.now().offer(Kind.CHANNEL, channel.contribution());
    }
}
