package io.kefuhub.core.plugin.authoring;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Description;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.directory.Directory;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.kit.FakeHttp;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.plugin.Terms;
import java.time.Duration;

/**
 * Makes instances of one contribution, each behind the guard, so that whatever its code does is an answer. Safe for
 * threads.
 */
final class Workbench {
    private static final String INSTANCE = "try";

    /** Nobody waits here for a model or a platform. */
    private static final Duration FOR_RESPONDER = Duration.ofSeconds(5);

    private final Guard guard;
    private final Offer<?> offer;
    private final AloneContext context = new AloneContext(INSTANCE);

    Workbench(Guard guard, Offer<?> offer) {
        this.guard = guard;
        this.offer = offer;
    }

    Description description() {
        return GuardedInstances.answered(guard.description(offer));
    }

    /** Throws {@link SettingsException} as the factory does. */
    AutoCloseable create(Settings settings) {
        return switch (offer.kind()) {
            case FILTER -> filter(settings);
            case RESPONDER -> responder(settings);
            case CHANNEL -> channel(settings);
            case AI_PROVIDER -> provider(settings);
            case TRANSLATOR -> translator(settings);
            case DIRECTORY -> directory(settings);
        };
    }

    Filter filter(Settings settings) {
        var slot = Slot.<Filter>empty(offer, INSTANCE, 0, terms());
        mustBeMade(guard.create(slot, offer, settings, context));
        return new GuardedInstances.OfFilter(guard, slot);
    }

    Responder responder(Settings settings) {
        var slot = Slot.<Responder>empty(offer, INSTANCE, 0, terms());
        mustBeMade(guard.create(slot, offer, settings, context));
        return new GuardedInstances.OfResponder(guard, slot);
    }

    Channel channel(Settings settings) {
        var slot = Slot.<Channel>empty(offer, INSTANCE, 0, terms());
        mustBeMade(guard.create(slot, offer, settings, context));
        return new GuardedInstances.OfChannel(guard, slot);
    }

    AiProvider provider(Settings settings) {
        var slot = Slot.<AiProvider>empty(offer, INSTANCE, 0, terms());
        mustBeMade(guard.create(slot, offer, settings, context));
        return new AskedInstances.OfProvider(guard, slot);
    }

    Translator translator(Settings settings) {
        var slot = Slot.<Translator>empty(offer, INSTANCE, 0, terms());
        mustBeMade(guard.create(slot, offer, settings, context));
        return new AskedInstances.OfTranslator(guard, slot);
    }

    Directory directory(Settings settings) {
        var slot = Slot.<Directory>empty(offer, INSTANCE, 0, terms());
        mustBeMade(guard.create(slot, offer, settings, context));
        return new AskedInstances.OfDirectory(guard, slot);
    }

    /** The calls that its instances make. */
    FakeHttp calls() {
        return context.calls();
    }

    private Terms terms() {
        var usual = guard.usualTerms(offer.kind());
        return offer.kind() == Kind.RESPONDER ? usual.withDeadline(FOR_RESPONDER) : usual;
    }

    private static void mustBeMade(Asked<CheckResult> made) {
        if (GuardedInstances.answered(made) instanceof CheckResult.Wrong(var problems)) {
            var first = problems.getFirst();
            throw new SettingsException(first.setting(), first.text());
        }
    }

    /** Throws when something that an instance started goes on although all of them are closed. */
    void mustBeEmpty() {
        context.close();
    }
}
