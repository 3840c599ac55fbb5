package io.kefuhub.core.answering.knowledge;

import io.kefuhub.core.web.Words;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Whom an entry may be told, and where. Immutable.
 *
 * @param channels their keys, in order; empty for all
 */
public record Reach(Audience audience, List<String> channels) {
    public static final Reach EVERYBODY = new Reach(Audience.ALL, List.of());

    private static final int MOST_CHANNELS = 50;
    private static final Pattern KEY = Pattern.compile("[a-z0-9][a-z0-9_-]{0,59}");

    public Reach {
        channels = channels.stream()
                .map(channel -> channel.strip().toLowerCase(Locale.ROOT))
                .filter(channel -> !channel.isEmpty())
                .distinct()
                .sorted()
                .toList();
        channels.stream()
                .filter(channel -> !KEY.matcher(channel).matches())
                .findFirst()
                .ifPresent(strange -> {
                    throw new EntryContent.Unfit(
                            "channels",
                            new Words(
                                            "\"%s\" is not the key of a channel; write keys as the channels page shows them",
                                            "“%s”不是渠道的标识；请写渠道页面上显示的标识")
                                    .with(strange));
                });
        if (channels.size() > MOST_CHANNELS) {
            throw new EntryContent.Unfit(
                    "channels", new Words("There are more than %s channels.", "渠道不能超过 %s 个。").with(MOST_CHANNELS));
        }
    }

    public boolean covers(Asker asker) {
        return asker.signedIn().map(audience::covers).orElse(true)
                && (channels.isEmpty()
                        || asker.channel().map(channels::contains).orElse(true));
    }

    public boolean isEverybody() {
        return equals(EVERYBODY);
    }

    /**
     * What is left of things that were found where several ask the same: the ones that are meant for fewer people. In the
     * order they came.
     *
     * @param entry of a thing that stands for one
     */
    public static <T> List<T> narrowest(Collection<T> found, Function<T, Optional<KnowledgeEntry>> entry) {
        var narrow = found.stream()
                .flatMap(thing -> entry.apply(thing).stream())
                .filter(one -> !one.content().reach().isEverybody())
                .distinct()
                .toList();
        if (narrow.isEmpty()) return List.copyOf(found);
        return found.stream()
                .filter(thing -> entry.apply(thing)
                        .filter(one -> narrow.stream().anyMatch(other -> yields(one, other)))
                        .isEmpty())
                .toList();
    }

    private static boolean yields(KnowledgeEntry wide, KnowledgeEntry narrow) {
        return wide.content().reach().narrowness() < narrow.content().reach().narrowness()
                && wide.content().bare().equals(narrow.content().bare());
    }

    private int narrowness() {
        return (audience == Audience.ALL ? 0 : 1) + (channels.isEmpty() ? 0 : 1);
    }
}
