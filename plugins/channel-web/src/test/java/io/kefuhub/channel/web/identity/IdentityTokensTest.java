package io.kefuhub.channel.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.channel.web.identity.IdentityTokens.Key;
import io.kefuhub.channel.web.identity.IdentityTokens.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTokensTest {
    private static final String SECRET = "widget-identity-secret-2026";
    private static final Instant NOW = Instant.ofEpochSecond(1767225600 + 60);
    private static final String GOOD = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9."
            + "eyJzdWIiOiJ1c2VyLTQyIiwibmFtZSI6IuW8oOS4iSIsImF1ZCI6Imh1Yi13aWRnZXQiLCJpYXQiOjE3NjcyMjU2MDAsImV4cCI6MTc2NzIyOTIwMH0."
            + "OhEScKxjmLLppSedhG8g7ydtIU61nG6U8ddA1GFosXk";
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private final IdentityTokens tokens = new IdentityTokens(List.of(new Key("", SECRET)), false);

    @Test
    void believes_the_token_of_the_vector() {
        assertThat(tokens.judge(GOOD, NOW)).isEqualTo(new Verdict.Believed(new Identity("user-42", "张三", Map.of())));
    }

    @Test
    void takes_mail_and_phone_along() {
        var token = signed(HEADER, claims("\"sub\":\"u\",\"email\":\"a@b.example\",\"phone\":\"123\""), SECRET);

        assertThat(tokens.judge(token, NOW))
                .isEqualTo(new Verdict.Believed(new Identity("u", "", Map.of("email", "a@b.example", "phone", "123"))));
    }

    @Test
    void takes_what_the_site_says_of_its_customer_and_no_other_claim_along() {
        var claims = claims("\"sub\":\"u\",\"email\":\"a@b.example\",\"card\":\"4111\",\"role\":{\"level\":\"x\"},"
                + "\"attributes\":{\"level\":\"gold\",\"email\":\"other\",\"note\":\"two\\nlines\"}");

        assertThat(tokens.judge(signed(HEADER, claims, SECRET), NOW))
                .isEqualTo(new Verdict.Believed(
                        new Identity("u", "", Map.of("level", "gold", "email", "a@b.example", "note", "two lines"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "{\"level\":7}", "{\"level\":{}}", "{\"\":\"x\"}", "{\"a b\":\"x\"}"})
    void refuses_attributes_that_are_no_texts_by_name(String attributes) {
        assertRefused(signed(HEADER, claims("\"sub\":\"u\",\"attributes\":" + attributes), SECRET));
    }

    @Test
    void refuses_more_attributes_than_anybody_needs() {
        var most = IntStream.range(0, 20).mapToObj(i -> "\"a" + i + "\":\"x\"").collect(Collectors.joining(","));

        assertThat(tokens.judge(signed(HEADER, claims("\"sub\":\"u\",\"attributes\":{" + most + "}"), SECRET), NOW))
                .isInstanceOf(Verdict.Believed.class);
        assertRefused(signed(HEADER, claims("\"sub\":\"u\",\"attributes\":{" + most + ",\"more\":\"x\"}"), SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"None\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"HS512\"}",
                "{\"alg\":\"hs256\"}",
                "{}",
                "{\"alg\":\"HS256\",\"alg\":\"none\"}",
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"HS256\",\"kid\":\"another\"}"
            })
    void refuses_every_other_header_even_well_signed(String header) {
        assertRefused(signed(header, claims("\"sub\":\"user-42\""), SECRET));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"u\",\"iat\":1767225600,\"exp\":1767229200}",
                "{\"sub\":\"u\",\"aud\":\"hub\",\"iat\":1767225600,\"exp\":1767229200}",
                "{\"sub\":\"\",\"aud\":\"hub-widget\",\"iat\":1767225600,\"exp\":1767229200}",
                "{\"sub\":\" \",\"aud\":\"hub-widget\",\"iat\":1767225600,\"exp\":1767229200}",
                "{\"aud\":\"hub-widget\",\"iat\":1767225600,\"exp\":1767229200}",
                "{\"sub\":7,\"aud\":\"hub-widget\",\"iat\":1767225600,\"exp\":1767229200}",
                "{\"sub\":\"u\",\"aud\":\"hub-widget\",\"exp\":1767229200}",
                "{\"sub\":\"u\",\"aud\":\"hub-widget\",\"iat\":1767225600}",
                "{\"sub\":\"u\",\"aud\":\"hub-widget\",\"iat\":1767225600,\"exp\":1767229201}",
                "{\"sub\":\"u\",\"aud\":\"hub-widget\",\"iat\":1767220000,\"exp\":1767225600}",
                "{\"sub\":\"u\",\"aud\":\"hub-widget\",\"iat\":1767225721,\"exp\":1767229200}",
                "{\"sub\":\"u\",\"aud\":\"hub-widget\",\"iat\":\"1767225600\",\"exp\":1767229200}"
            })
    void refuses_claims_that_say_too_little_or_too_much(String claims) {
        assertRefused(signed(HEADER, claims, SECRET));
    }

    @Test
    void refuses_a_signature_with_any_one_character_changed() {
        var start = GOOD.lastIndexOf('.') + 1;
        for (var at = start; at < GOOD.length(); at++) {
            for (var other : List.of('A', 'B', 'l', '_')) {
                if (GOOD.charAt(at) == other) continue;
                assertRefused(GOOD.substring(0, at) + other + GOOD.substring(at + 1));
            }
        }
    }

    @Test
    void refuses_unused_bits_in_the_last_character_of_the_signature() {
        // 'k' and 'l' decode to the same bytes; only one of them is what encoding gives.
        assertRefused(GOOD.substring(0, GOOD.length() - 1) + "l");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "..", "a.b", "a.b.c", "a.b.c.d", "eyJhbGciOiJub25lIn0.e30.", "\u0000.\u0000.\u0000"})
    void refuses_what_is_no_token(String token) {
        assertRefused(token);
    }

    @Test
    void refuses_a_token_signed_with_another_secret_and_a_padded_one() {
        assertRefused(signed(HEADER, claims("\"sub\":\"u\""), "another"));
        assertRefused(GOOD + "=");
        assertRefused(GOOD + "A".repeat(5000));
    }

    @Test
    void refuses_everything_without_a_secret() {
        assertThat(new IdentityTokens(List.of(), true).judge(GOOD, NOW)).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void allows_a_minute_of_skew_and_no_more() {
        assertThat(tokens.judge(GOOD, Instant.ofEpochSecond(1767229200 + 59))).isInstanceOf(Verdict.Believed.class);
        assertThat(tokens.judge(GOOD, Instant.ofEpochSecond(1767229200 + 60))).isInstanceOf(Verdict.Refused.class);
        assertThat(tokens.judge(GOOD, Instant.ofEpochSecond(1767225600 - 60))).isInstanceOf(Verdict.Believed.class);
        assertThat(tokens.judge(GOOD, Instant.ofEpochSecond(1767225600 - 61))).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void two_secrets_may_be_valid_and_the_kid_chooses() {
        var both = new IdentityTokens(List.of(new Key("new", "n".repeat(32)), new Key("old", SECRET)), false);
        var claims = claims("\"sub\":\"u\"");

        assertThat(both.judge(GOOD, NOW)).isInstanceOf(Verdict.Believed.class);
        assertThat(both.judge(signed("{\"alg\":\"HS256\",\"kid\":\"old\"}", claims, SECRET), NOW))
                .isInstanceOf(Verdict.Believed.class);
        assertThat(both.judge(signed("{\"alg\":\"HS256\",\"kid\":\"new\"}", claims, SECRET), NOW))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void believes_the_older_hash_only_where_the_admin_allowed_it() {
        var hash = "3f46f3cf00fa3fd839bcce4a1189006ceb370728832d1fc192045702d99fc54c";
        var allowed = new IdentityTokens(List.of(new Key("", SECRET)), true);

        assertThat(allowed.judgeHash("user-42", hash)).isInstanceOf(Verdict.Believed.class);
        assertThat(allowed.judgeHash("user-43", hash)).isInstanceOf(Verdict.Refused.class);
        assertThat(tokens.judgeHash("user-42", hash)).isInstanceOf(Verdict.Refused.class);
    }

    private void assertRefused(String token) {
        assertThat(tokens.judge(token, NOW)).as(token).isInstanceOf(Verdict.Refused.class);
    }

    private static String claims(String members) {
        return "{" + members + ",\"aud\":\"hub-widget\",\"iat\":1767225600,\"exp\":1767229200}";
    }

    static String signed(String header, String claims, String secret) {
        var text = Signing.base64(header.getBytes(StandardCharsets.UTF_8)) + "."
                + Signing.base64(claims.getBytes(StandardCharsets.UTF_8));
        return text + "." + Signing.base64(Signing.hmac(secret.getBytes(StandardCharsets.UTF_8), text));
    }
}
