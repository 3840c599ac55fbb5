package io.kefuhub.channel.wecom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeaningTest {
    @Test
    void an_address_that_is_not_trusted_is_named_in_both_languages() {
        var meaning =
                Meaning.of(refused(60020, "not allow to access from your ip, hint: [17], from ip: 203.0.113.7, more"));

        assertThat(meaning.words())
                .asString()
                .contains("60020: add this server's address 203.0.113.7 to the trusted IP list");
        assertThat(meaning.words().in(Language.ZH_CN)).contains("60020：", "203.0.113.7）加入管理后台该应用的“企业可信IP”");
        assertThat(meaning.then()).isEqualTo(new Meaning.Then.Mend("secret"));
        assertThat(Meaning.of(refused(60020, "")).words())
                .asString()
                .contains("add this server's address to the trusted IP list");
    }

    @Test
    void the_field_to_look_at_is_named() {
        assertThat(Meaning.of(refused(40013, "")).then()).isEqualTo(new Meaning.Then.Mend("corp-id"));
        assertThat(Meaning.of(new Reply.Refused(40001, "", true)).then()).isEqualTo(new Meaning.Then.Mend("secret"));
        assertThat(Meaning.of(refused(301002, "")).then()).isEqualTo(new Meaning.Then.Mend("agent-id"));
        assertThat(Meaning.of(refused(48002, "")).then()).isEqualTo(new Meaning.Then.Mend("secret"));
    }

    @Test
    void what_passes_is_asked_again_and_what_does_not_is_not() {
        assertThat(Meaning.of(refused(-1, "")).then()).isEqualTo(new Meaning.Then.Later(Duration.ofSeconds(1)));
        assertThat(Meaning.of(refused(45009, "")).then()).isEqualTo(new Meaning.Then.Later(Duration.ofSeconds(60)));
        for (var code : new int[] {40003, 81013, 45002, 84061, 95000, 95018, 95999, 12345}) {
            assertThat(Meaning.of(refused(code, "x")).then()).isInstanceOf(Meaning.Then.Never.class);
        }
    }

    @Test
    void the_platforms_own_words_are_kept_and_cut() {
        assertThat(Meaning.of(refused(12345, "odd " + "x".repeat(5_000))).words())
                .asString()
                .startsWith("12345: WeCom refused it")
                .contains("(odd xxx")
                .hasSizeLessThan(400);
    }

    private static Reply.Refused refused(int code, String words) {
        return new Reply.Refused(code, words, false);
    }
}
