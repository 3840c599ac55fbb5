package io.kefuhub.core.answering.ai;

import static io.kefuhub.core.answering.ai.Assistants.ask;
import static io.kefuhub.core.answering.ai.Assistants.turn;
import static io.kefuhub.core.answering.ai.ScriptedModels.fields;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.core.answering.knowledge.Audience;
import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.Reach;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReachOfModelsTest {
    private static final String QUESTION = "会员退货，寄回去的运费到底怎么补给我呀";

    private final Assistants assistants = new Assistants();

    @AfterEach
    void close() {
        assistants.close();
    }

    @Test
    void a_model_is_told_what_is_for_signed_in_customers_only_when_one_of_them_asks() {
        var content = EntryContent.of(EntryLanguage.ZH, "会员退货寄回去的运费补多少", List.of(), "会员每单补 88 元。");
        assistants.room.knowledge.create(
                "hub", assistants.room.main, content.withReach(new Reach(Audience.SIGNED_IN, List.of())));
        var models = assistants.models;
        models.says(fields("不喜欢的商品，寄回的运费由您承担。", "answer", false, 0.9, "1"));
        var assistant = assistants.assistant(Map.of());

        ask(assistant, turn(QUESTION));
        ask(
                assistant,
                turn(UUID.randomUUID(), "main", Language.ZH_CN, new Contact("li", true, "", Map.of()), QUESTION));

        assertThat(models.asked).hasSize(2);
        assertThat(models.asked.getFirst().messages().toString()).contains("退货").doesNotContain("88 元");
        assertThat(models.asked.getLast().messages().toString()).contains("88 元");
    }
}
