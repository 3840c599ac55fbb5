package io.kefuhub.core;

import io.kefuhub.api.Language;
import io.kefuhub.core.answering.HubWords;
import io.kefuhub.core.answering.Sentences;
import io.kefuhub.core.answering.knowledge.Languages;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.FilterRoutes;
import io.kefuhub.core.filtering.Verdicts;
import io.kefuhub.core.intake.ServingChannels;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Hush;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.life.InstanceName;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.plugin.life.Instances;
import java.time.InstantSource;
import java.util.stream.Collectors;

/** The chain of filters, what is remembered of it, and its pages, joined to the rest of the hub. */
final class Filtering {
    final FilterChain chain;
    private final Contributions contributions;
    private final Guard guard;
    private final Sentences sentences;
    private final InstantSource clock;
    private final Verdicts verdicts;

    Filtering(Contributions contributions, Guard guard, Sentences sentences, InstantSource clock) {
        this.sentences = sentences;
        this.contributions = contributions;
        this.guard = guard;
        this.clock = clock;
        verdicts = new Verdicts(clock);
        chain = new FilterChain(contributions, guard, verdicts::note);
        Hush.begin();
    }

    FilterRoutes routes(Names names, ServingChannels channels, Instances instances) {
        return new FilterRoutes(
                contributions,
                guard,
                verdicts,
                clock,
                new FilterRoutes.Around(
                        names::ids,
                        () -> channels.all().stream().map(ChannelInstance::key).collect(Collectors.toSet()),
                        (text, desk) -> Languages.of(text)
                                .or(() -> names.desk(new DeskId(desk)).map(Desk::language))
                                .orElse(Language.EN),
                        (key, language) -> title(instances, key, language),
                        (desk, language) -> sentences.say(HubWords.REFUSED, desk, language)));
    }

    private String title(Instances instances, String key, Language language) {
        var spec = instances.find(new InstanceName(Kind.FILTER, key));
        return spec.map(InstanceSpec::title)
                .filter(title -> !title.isEmpty())
                .or(() -> spec.flatMap(one -> contributions.now().offer(Kind.FILTER, one.contribution()))
                        .map(offer -> offer.description().title(language)))
                .orElse(key);
    }
}
