package io.kefuhub.simulators.feishu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.simulators.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class TokensTest {
    private static final String BOT = "/bot/v3/info";

    private final Tenant tenant = new Tenant();

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void the_same_token_is_handed_out_until_half_an_hour_is_left_and_both_are_good_then() throws Exception {
        var first = tenant.signedIn().token();
        tenant.forward("PT89M");
        var second = tenant.issue();
        tenant.forward("PT2M");
        var third = tenant.issue();

        assertThat(second.path("tenant_access_token").asText()).isEqualTo(first);
        assertThat(second.path("expire").asLong()).isBetween(1850L, 1860L);
        assertThat(third.path("tenant_access_token").asText()).isNotEqualTo(first);
        assertThat(third.path("expire").asLong()).isEqualTo(7200);
        assertThat(tenant.call("GET", BOT, "").code()).isZero();
    }

    @Test
    void a_token_ends_after_two_hours() throws Exception {
        tenant.signedIn().forward("PT2H");

        var called = tenant.call("GET", BOT, "");

        assertThat(called.code()).isEqualTo(99991677);
        assertThat(called.status()).isEqualTo(400);
        assertThat(called.header("X-Tt-Logid"))
                .isEqualTo(called.body().path("error").path("log_id").asText());
    }

    @Test
    void a_revoked_token_is_refused_and_the_next_one_is_new() throws Exception {
        var first = tenant.signedIn().token();
        tenant.act(Feishu.WEBHOOK, "revoke-tokens", Json.object());

        assertThat(tenant.call("GET", BOT, "").code()).isEqualTo(99991663);
        assertThat(tenant.signedIn().token()).isNotEqualTo(first);
        assertThat(tenant.call("GET", BOT, "").code()).isZero();
    }

    @Test
    void a_token_that_a_fault_killed_stays_dead() throws Exception {
        tenant.signedIn().fault("expired-token", 1);

        assertThat(tenant.call("GET", BOT, "").code()).isEqualTo(99991663);
        assertThat(tenant.call("GET", BOT, "").code()).isEqualTo(99991663);
        assertThat(tenant.signedIn().call("GET", BOT, "").code()).isZero();
    }

    @Test
    void wrong_credentials_no_token_and_a_made_up_one_are_told_apart() throws Exception {
        var wrongId = tenant.issue("cli_0000000000000000", Feishu.HOOKED.secret());
        var wrongSecret = tenant.issue(Feishu.HOOKED.id(), "guess");
        var none = tenant.call("GET", BOT, "");

        assertThat(wrongId.path("code").asInt()).isEqualTo(10003);
        assertThat(wrongSecret.path("code").asInt()).isEqualTo(10014);
        assertThat(none.code()).isEqualTo(99991661);
    }

    @Test
    void the_bot_says_who_it_is() throws Exception {
        var bot = tenant.signedIn().call("GET", BOT, "").body().path("bot");

        assertThat(bot.path("open_id").asText()).matches("ou_[0-9a-f]{32}");
        assertThat(bot.path("activate_status").asInt()).isEqualTo(2);
        assertThat(bot.path("app_name").asText()).isEqualTo("客服助手");
    }
}
