package io.kefuhub.core.answering;

import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.ResponderFactory;
import io.kefuhub.api.SettingSpec;
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
    private static final SettingSpec MENUS = SettingSpec.flag("menus", "Offer near questions")
            .withLabel(Language.ZH_CN, "列出相近问题")
            .withHelp(
                    Language.EN,
                    "When no entry is surely meant. Switch it off where an assistant that asks models comes next.")
            .withHelp(Language.ZH_CN, "没有完全对应的条目时列出相近问题。若其后还有调用模型的助手，请关闭。")
            .withDefault("true");

    private final Knowledge knowledge;
    private final Function<String, Optional<UUID>> desks;
    private final Sentences sentences;

    /** @param desks finds a desk's id by its key */
    public FaqFactory(Knowledge knowledge, Function<String, Optional<UUID>> desks, Sentences sentences) {
        this.sentences = sentences;
        this.knowledge = knowledge;
        this.desks = desks;
    }

    @Override
    public Description description() {
        return new Description(ID, Map.of(Language.EN, "Knowledge", Language.ZH_CN, "知识库"), List.of(MENUS));
    }

    @Override
    public Responder create(Settings settings, ResponderContext context) {
        return new FaqResponder(knowledge, desks, settings.flag(MENUS), sentences);
    }
}
