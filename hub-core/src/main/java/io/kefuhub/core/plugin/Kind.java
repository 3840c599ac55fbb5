package io.kefuhub.core.plugin;

import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Contribution;
import io.kefuhub.api.DirectoryFactory;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.ResponderFactory;
import io.kefuhub.api.TranslatorFactory;
import java.time.Duration;

/** What a contribution makes. */
public enum Kind {
    CHANNEL(Duration.ofSeconds(10)),
    FILTER(Duration.ofMillis(500)),
    AI_PROVIDER(Duration.ofSeconds(120)),
    TRANSLATOR(Duration.ofSeconds(10)),
    RESPONDER(Duration.ofSeconds(60)),
    DIRECTORY(Duration.ofSeconds(5));

    private final Duration deadline;

    Kind(Duration deadline) {
        this.deadline = deadline;
    }

    /** Returns how long a question may take unless the admin says otherwise. */
    public Duration deadline() {
        return deadline;
    }

    public static Kind of(Contribution factory) {
        return switch (factory) {
            case ChannelFactory _ -> CHANNEL;
            case FilterFactory _ -> FILTER;
            case AiProviderFactory _ -> AI_PROVIDER;
            case TranslatorFactory _ -> TRANSLATOR;
            case ResponderFactory _ -> RESPONDER;
            case DirectoryFactory _ -> DIRECTORY;
        };
    }
}
