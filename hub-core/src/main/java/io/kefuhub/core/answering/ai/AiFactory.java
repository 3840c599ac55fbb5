package io.kefuhub.core.answering.ai;

import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.ResponderFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.core.answering.FaqResponder;
import io.kefuhub.core.answering.Sentences;
import io.kefuhub.core.answering.ai.cache.AnswerCache;
import io.kefuhub.core.answering.ai.context.Recollection;
import io.kefuhub.core.answering.knowledge.Knowledge;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.counting.Factors;
import io.kefuhub.core.models.counting.Tokens;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** Makes assistants that answer by models from what the hub knows. */
public final class AiFactory implements ResponderFactory {
    public static final String ID = "ai";

    private final Mind mind;

    /**
     * What all assistants think with.
     *
     * @param behind says what stands behind an alias; another text when that is another one
     * @param desks finds a desk's id by its key
     * @param rules as they are for a turn that begins now
     */
    public record Mind(
            ModelGateway models,
            Function<String, String> behind,
            Knowledge knowledge,
            Passages passages,
            Function<String, Optional<UUID>> desks,
            Sentences sentences,
            Recollection recollection,
            AnswerCache cache,
            Tokens tokens,
            Factors factors,
            Supplier<AiRules> rules) {}

    public AiFactory(Mind mind) {
        this.mind = mind;
    }

    @Override
    public Description description() {
        return new Description(ID, Map.of(Language.EN, "AI assistant", Language.ZH_CN, "AI 助手"), AiSettings.SPECS);
    }

    @Override
    public Responder create(Settings settings, ResponderContext context) {
        return new AiResponder(
                context.instance(),
                AiSettings.of(settings),
                mind,
                // What it offers itself it also understands itself.
                new FaqResponder(mind.knowledge(), mind.desks(), true, mind.sentences()));
    }
}
