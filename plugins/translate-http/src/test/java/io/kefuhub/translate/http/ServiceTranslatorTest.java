package io.kefuhub.translate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.Golden;
import io.kefuhub.ai.exchange.PlayedProvider;
import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a server on this machine that answers as the services' documents say. */
class ServiceTranslatorTest {
    private static final Language ZH_TW = new Language("zh-TW");

    private final PlayedProvider server = new PlayedProvider();
    private final WireTranslatorContext context = new WireTranslatorContext();

    @AfterEach
    void end() {
        context.close();
        server.close();
    }

    @Test
    void libretranslate_is_asked_as_it_says_it_is_to_be_asked() {
        var translator = libre();
        lay("libre-languages", "libre-answer");

        var made = translator.translate(List.of("Hello", "Bye"), Language.EN, Language.ZH_CN, Map.of());

        assertThat(made).isEqualTo(new Translation.Translated(List.of("你好", "再见")));
        var question = server.question();
        assertThat(question.path()).isEqualTo("/translate");
        assertThat(question.json().list("q")).containsExactly("Hello", "Bye");
        assertThat(question.json().text("source", "")).isEqualTo("en");
        assertThat(question.json().text("target", "")).isEqualTo("zh-Hans");
        assertThat(question.json().text("format", "")).isEqualTo("text");
        assertThat(question.json().text("api_key", "")).isEqualTo("secret-1");
    }

    @Test
    void libretranslate_is_told_terms_in_the_text_itself() {
        var translator = libre();
        lay("libre-languages", "libre-answer");

        translator.translate(List.of("会员", "再见"), Language.ZH_CN, Language.EN, Map.of("会员", "member"));

        assertThat(server.question().json().list("q")).containsExactly("member", "再见");
    }

    @Test
    void deepl_is_asked_with_tags_round_what_must_stay_and_its_answer_is_read_without_them() {
        var translator = deepl();
        lay("deepl-sources", "deepl-targets", "deepl-answer");

        var made = translator.translate(
                List.of("请联系 [phone-1]，会员价 ¥1,299.00 & 更多", "看 https://shop.example/a?b=1&c=2。"),
                Language.ZH_CN,
                Language.EN,
                Map.of("会员", "member"));

        assertThat(made)
                .isEqualTo(new Translation.Translated(List.of(
                        "Please contact [phone-1], member price ¥1,299.00 & more",
                        "See https://shop.example/a?b=1&c=2.")));
        var question = server.question();
        assertThat(question.path()).isEqualTo("/v2/translate");
        assertThat(question.headers().getFirst("Authorization")).isEqualTo("DeepL-Auth-Key secret-1");
        assertThat(question.json().list("text"))
                .containsExactly(
                        "请联系 <x>[phone-1]</x>，<x>member</x>价 <x>¥1,299.00</x> &amp; 更多",
                        "看 <x>https://shop.example/a?b=1&amp;c=2</x>。");
        assertThat(question.json().text("source_lang", "")).isEqualTo("ZH");
        assertThat(question.json().text("target_lang", "")).isEqualTo("EN-US");
        assertThat(question.json().list("ignore_tags")).containsExactly("x");
    }

    @Test
    void both_kinds_of_chinese_are_told_apart() {
        var translator = deepl();
        lay("deepl-sources", "deepl-targets", "deepl-one");

        translator.translate(List.of("Hello"), Language.EN, ZH_TW, Map.of());

        assertThat(server.question().json().text("target_lang", "")).isEqualTo("ZH-HANT");
    }

    @Test
    void what_a_service_does_not_translate_is_not_sent_to_it() {
        var translator = libre();
        lay("libre-languages");

        var made = translator.translate(List.of("Hello"), Language.EN, new Language("th"), Map.of());

        assertThat(made).isEqualTo(new Translation.NotThisPair());
        assertThat(server.questions()).hasSize(1);
    }

    @Test
    void what_a_service_knows_is_asked_once_an_hour() {
        var translator = deepl();
        lay("deepl-sources", "deepl-targets", "deepl-one", "deepl-one", "deepl-sources", "deepl-targets", "deepl-one");

        translator.translate(List.of("Hello"), Language.EN, Language.ZH_CN, Map.of());
        translator.translate(List.of("Hello"), Language.EN, Language.ZH_CN, Map.of());
        context.clock().move(Duration.ofMinutes(61));
        translator.translate(List.of("Hello"), Language.EN, Language.ZH_CN, Map.of());

        assertThat(server.questions()).hasSize(7);
    }

    @ParameterizedTest
    @CsvSource({"key-refused,key", "quota,key", "fault,service", "no-json,texts", "one-too-few,texts"})
    void what_goes_wrong_is_said_and_never_taken_for_a_translation(String reply, String about) {
        var translator = deepl();
        lay("deepl-sources", "deepl-targets", reply);

        var made = translator.translate(List.of("Hello", "Bye"), Language.EN, Language.ZH_CN, Map.of());

        assertThat(made)
                .isInstanceOfSatisfying(
                        Translation.Failed.class,
                        failed -> assertThat(failed.reason()).contains(about).doesNotContain("secret-1"));
    }

    @Test
    void a_service_that_is_busy_says_for_how_long() {
        var translator = deepl();
        lay("deepl-sources", "deepl-targets", "busy");

        assertThat(translator.translate(List.of("Hello"), Language.EN, Language.ZH_CN, Map.of()))
                .isEqualTo(new Translation.RetryLater(Duration.ofSeconds(7)));
    }

    @Test
    void saving_finds_out_that_a_key_is_wrong() {
        var translator = deepl();
        lay("key-refused");

        assertWrong(translator, "key", "翻译服务不接受此密钥");
    }

    @Test
    void saving_finds_out_that_something_else_is_at_the_address() {
        var translator = libre();
        lay("no-json");

        assertWrong(translator, "address", "该地址有应答，但不是此类翻译服务");
        lay("libre-languages");
        assertThat(translator.check()).isEqualTo(new CheckResult.Fine());
    }

    private static void assertWrong(Translator translator, String setting, String chinese) {
        assertThat(translator.check())
                .isInstanceOfSatisfying(
                        CheckResult.Wrong.class,
                        wrong -> assertThat(wrong.problems()).singleElement().satisfies(problem -> {
                            assertThat(problem.setting()).isEqualTo(setting);
                            assertThat(problem.text().in(Language.ZH_CN)).isEqualTo(chinese);
                        }));
    }

    private void lay(String... replies) {
        for (var reply : replies) server.lay(Golden.of(getClass(), reply));
    }

    private Translator libre() {
        return new LibreTranslateFactory().create(settings(), context);
    }

    private Translator deepl() {
        return new DeepLFactory().create(settings(), context);
    }

    private Settings settings() {
        return Settings.of(Map.of("address", server.address() + "/", "key", "secret-1"));
    }
}
