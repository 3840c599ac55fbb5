package io.kefuhub.channel.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.wecom.crypto.CallbackKey;
import io.kefuhub.channel.wecom.crypto.Callbacks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallbackDoorTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> parsed = new ArrayList<>();
    private final CallbackDoor door = new CallbackDoor(new Callbacks(
            Sealing.TOKEN, CallbackKey.parse(Sealing.AES_KEY).orElseThrow(), Sealing.CORP, InstantSource.fixed(NOW)));

    private Receipt receive(Requests call) {
        return door.receive(call.call(), xml -> {
            parsed.add(xml.text("Content"));
            return new Receipt.Answered(WebReply.empty(200));
        });
    }

    @Test
    void the_verification_of_the_address_is_answered_with_the_plain_text_and_nothing_else() {
        assertThat(receive(Sealing.verification(Sealing.CORP, "7354812903456", NOW)))
                .isInstanceOfSatisfying(Receipt.Answered.class, answered -> {
                    assertThat(answered.reply().status()).isEqualTo(200);
                    assertThat(answered.reply().headers().get("Content-Type")).startsWith("text/plain");
                    assertThat(((WebReply.Body.Bytes) answered.reply().body()).value())
                            .isEqualTo("7354812903456".getBytes(StandardCharsets.UTF_8));
                });
    }

    @Test
    void a_plus_that_a_proxy_made_a_space_is_mended() {
        for (var echo = 0; ; echo++) {
            var call = Sealing.verification(Sealing.CORP, "echo " + echo, NOW);
            var encrypted = call.call().parameter("echostr").orElseThrow();
            if (!encrypted.contains("+")) continue;

            assertThat(receive(call.withQuery("echostr", encrypted.replace('+', ' '))))
                    .isInstanceOf(Receipt.Answered.class);
            return;
        }
    }

    @Test
    void a_verification_or_a_message_for_another_corp_is_refused() {
        assertRefused(Sealing.verification("ww1a2b3c4d5e6f7082", "1", NOW));
        assertRefused(Sealing.forCorp("ww1a2b3c4d5e6f7082", "<xml><Content>x</Content></xml>", NOW));
    }

    @Test
    void bodies_that_are_no_calls_are_refused_and_nothing_is_parsed() {
        var call = Sealing.call("<xml><Content>x</Content></xml>", NOW);

        for (var body : List.of(
                "",
                "{}",
                "<xml></xml>",
                "<xml><Encrypt></Encrypt></xml>",
                "<!DOCTYPE xml><xml><Encrypt>x</Encrypt></xml>",
                "<xml><Encrypt>" + "x".repeat(300_000) + "</Encrypt></xml>")) {
            assertRefused(call.withBody(body));
        }
        assertThat(receive(call)).isInstanceOf(Receipt.Answered.class);
        assertThat(parsed).containsExactly("x");
    }

    @Test
    void a_document_type_outside_is_refused_though_what_is_encrypted_is_rightly_signed() {
        var call = Sealing.call("<xml><Content>x</Content></xml>", NOW);
        var body = new String(call.body(), StandardCharsets.UTF_8);

        assertRefused(call.withBody("<!DOCTYPE xml [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + body));
        assertRefused(call.withBody(body + "<more>"));
        assertRefused(call.withBody(body.replace("<Encrypt>", "<Other>").replace("</Encrypt>", "</Other>")));
    }

    @Test
    void a_document_type_inside_is_refused_though_rightly_signed() {
        assertRefused(Sealing.call("<!DOCTYPE xml [<!ENTITY e \"x\">]><xml><Content>&e;</Content></xml>", NOW));
    }

    @Test
    void other_methods_are_refused() {
        var call = Sealing.call("<xml/>", NOW);
        assertRefused(new Requests("PUT", call.path(), "", call.query(), call.headers(), call.body()));
    }

    private void assertRefused(Requests call) {
        assertThat(receive(call)).as("%s", call.method()).isInstanceOf(Receipt.Refused.class);
        assertThat(parsed).isEmpty();
    }
}
