package io.kefuhub.translate.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.kit.FakeContext;
import io.kefuhub.api.kit.TranslatorContract;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With models that are asked over real HTTP. */
class ModelTranslatorTest implements TranslatorContract {
    private final PlayedModels models = new PlayedModels();
    private final FakeContext context = new FakeContext("translator-1");
    private final Translator translator;

    ModelTranslatorTest() {
        context.models(models);
        translator =
                new ModelTranslatorFactory().create(Settings.of(Map.of("alias", "chat", "manner", "formal")), context);
    }

    @AfterEach
    void end() {
        context.close();
        models.close();
    }

    @Test
    void a_model_is_told_the_languages_the_manner_and_the_terms_and_gets_all_texts_at_once() {
        var made = translator.translate(List.of("会员价 ¥88", "再见"), Language.ZH_CN, Language.EN, Map.of("会员", "member"));

        assertThat(made).isEqualTo(new Translation.Translated(List.of("译 会员价 ¥88", "译 再见")));
        assertThat(models.asked()).hasSize(1);
        var asked = models.asked().getFirst();
        assertThat(asked.text("model", "")).isEqualTo("chat");
        assertThat(asked.objects("messages").getFirst().text("content", ""))
                .contains("Chinese (China) (zh-CN)", "English (en)", "formal");
        assertThat(asked.objects("messages").getLast().text("content", ""))
                .isEqualTo("{\"texts\":[{\"id\":1,\"text\":\"会员价 ¥88\"},{\"id\":2,\"text\":\"再见\"}],"
                        + "\"glossary\":{\"会员\":\"member\"}}");
    }

    @Test
    void what_one_answer_cannot_hold_is_asked_in_several() {
        var texts = IntStream.range(0, 50).mapToObj(i -> "Text number " + i).toList();

        var made = translator.translate(texts, Language.EN, Language.ZH_CN, Map.of());

        assertThat(made)
                .isEqualTo(new Translation.Translated(
                        texts.stream().map(text -> "译 " + text).toList()));
        assertThat(models.asked()).hasSize(3);
    }

    @Test
    void an_answer_in_another_order_or_with_words_round_it_is_read_all_the_same() {
        models.plays(_ -> "Here you are:\n```json\n"
                + "{\"translations\":[{\"id\":2,\"text\":\"Bye\"},{\"id\":1,\"text\":\"Hello\"}]}\n```");

        assertThat(translator.translate(List.of("你好", "再见"), Language.ZH_CN, Language.EN, Map.of()))
                .isEqualTo(new Translation.Translated(List.of("Hello", "Bye")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I cannot do that.",
                "{\"translations\":[{\"id\":1,\"text\":\"Hello\"}]}",
                "{\"translations\":[{\"id\":1,\"text\":\"Hello\"},{\"id\":1,\"text\":\"Bye\"}]}",
                "{\"translations\":[{\"id\":1,\"text\":\"Hello\"},{\"id\":3,\"text\":\"Bye\"}]}",
                "{\"translations\":[{\"id\":1,\"text\":\"Hello\"},{\"id\":2,\"text\":\" \"}]}",
                "{\"translations\":[{\"id\":1,\"text\":\"Hel",
                ""
            })
    void what_is_not_an_answer_to_each_text_is_no_translation(String answer) {
        models.plays(_ -> answer);

        assertThat(translator.translate(List.of("你好", "再见"), Language.ZH_CN, Language.EN, Map.of()))
                .isInstanceOf(Translation.Failed.class);
    }

    @Test
    void a_model_that_breaks_off_is_no_translation() {
        models.plays(_ -> {
            throw new IOException("broken off");
        });

        assertThat(translator.translate(List.of("你好"), Language.ZH_CN, Language.EN, Map.of()))
                .isEqualTo(new Translation.Failed("the models failed"));
    }

    @Override
    public Translator translator() {
        return translator;
    }

    @Override
    public Language from() {
        return Language.EN;
    }

    @Override
    public Language to() {
        return Language.ZH_CN;
    }

    @Override
    public Language unknown() {
        return new Language("qaa");
    }
}
