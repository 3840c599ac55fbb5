package io.kefuhub.core.answering;

import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.ResponderFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.core.answering.knowledge.Knowledge;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Makes responders that answer from knowledge. */
public final class FaqFactory implements ResponderFactory {
    public static final String ID = "faq";

    private final Knowledge knowledge;
    private final Function<String, Optional<UUID>> desks;

    /** @param desks finds a desk's id by its key */
    public FaqFactory(Knowledge knowledge, Function<String, Optional<UUID>> desks) {
        this.knowledge = knowledge;
        this.desks = desks;
    }

    @Override
    public Description description() {
        return new Description(ID, Map.of(Language.EN, "Knowledge", Language.ZH_CN, "知识库"), List.of());
    }

    @Override
    public Responder create(Settings settings, ResponderContext context) {
        return new FaqResponder(knowledge, desks);
    }
}
