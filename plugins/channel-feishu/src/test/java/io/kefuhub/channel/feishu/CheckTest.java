package io.kefuhub.channel.feishu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.web.WebReply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckTest {
    private final PlayedPlatform platform = new PlayedPlatform();
    private final Wired wired = new Wired(platform);

    CheckTest() throws IOException {}

    @AfterEach
    void end() {
        wired.close();
        platform.close();
    }

    @Test
    void names_a_wrong_app_id_and_a_wrong_secret() {
        assertThat(problem("app-id", "cli_other")).startsWith("app-id").contains("no such App ID", "App ID");
        assertThat(problem("app-secret", "wrong")).startsWith("app-secret").contains("copy it again", "重新复制");
    }

    @Test
    void names_an_address_at_which_nobody_answers() {
        assertThat(problem("address", "http://localhost:1")).startsWith("address");
    }

    @Test
    void tells_that_the_app_is_not_active_or_has_no_bot() {
        platform.bot("{\"activate_status\":1,\"open_id\":\"ou_x\"}");
        assertThat(problem("typing-sign", "true")).startsWith("app-id").contains("not active", "未启用");
        platform.bot("{\"activate_status\":2}");
        assertThat(problem("typing-sign", "true")).startsWith("app-id").contains("no bot");
        platform.refuse("GET", "/open-apis/bot/v3/info", 400, 11205, "app do not have bot");
        assertThat(problem("typing-sign", "true")).startsWith("app-id").contains("bot ability", "机器人");
    }

    @Test
    void tells_that_the_app_may_not_listen_over_a_long_connection() {
        platform.endpoint(200, "{\"code\":514,\"msg\":\"auth failed\"}");
        assertThat(said(wired.byLongConnection().check()))
                .startsWith("app-secret")
                .contains("514");
        platform.endpoint(200, "{\"code\":403,\"msg\":\"forbidden\"}");
        assertThat(said(wired.byLongConnection().check()))
                .startsWith("transport")
                .contains("403");
        platform.endpoint(200, "{\"code\":1000040350,\"msg\":\"too many\"}");
        assertThat(said(wired.byLongConnection().check()))
                .startsWith("transport")
                .contains("50");
    }

    @Test
    void no_problem_and_no_setting_tells_a_secret() {
        var values = wired.values("webhook");
        var settings = FeishuSettings.read(Settings.of(values));

        assertThat(settings.toString() + settings.webhook())
                .doesNotContain(PlayedPlatform.SECRET, Wired.ENCRYPT_KEY, Wired.TOKEN);
        assertThat(problem("app-secret", "wr0ng")).doesNotContain("wr0ng");
    }

    @Test
    void the_platform_is_one_of_two_or_the_address_that_is_given() {
        var values = wired.values("webhook");
        values.put("address", "https://feishu.example.com/proxy/");
        assertThat(FeishuSettings.read(Settings.of(values)).base()).hasToString("https://feishu.example.com/proxy");
        values.remove("address");
        values.put("region", "lark");
        assertThat(FeishuSettings.read(Settings.of(values)).base()).hasToString("https://open.larksuite.com");
        values.remove("region");
        assertThat(FeishuSettings.read(Settings.of(values)).base()).hasToString("https://open.feishu.cn");
    }

    @Test
    void the_platforms_verification_is_answered_before_anything_else_works() {
        platform.close();
        var plain = "{\"challenge\":\"a\\\"b\",\"token\":\"" + Wired.TOKEN + "\",\"type\":\"url_verification\"}";

        var receipt =
                wired.byWebhook().receive(Sealed.call(plain, FakeClock.START).call());

        assertThat(receipt).isInstanceOfSatisfying(Receipt.Answered.class, answered -> {
            assertThat(answered.reply().headers().get("Content-Type")).startsWith("application/json");
            var bytes = ((WebReply.Body.Bytes) answered.reply().body()).value();
            assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo("{\"challenge\":\"a\\\"b\"}");
        });
    }

    private String problem(String key, String value) {
        return said(wired.byWebhook(key, value).check());
    }

    private static String said(CheckResult result) {
        var problem = ((CheckResult.Wrong) result).problems().getFirst();
        return problem.setting() + ": " + problem.text() + " / "
                + problem.text().in(Language.ZH_CN);
    }
}
