package io.kefuhub.channel.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SignaturesTest {
    private static final String SIGNATURE = "963e50c10f215ec7aea452fa9bd103fa0159823ba916d2974300b430fd0e055f";
    private static final Instant NOW = Instant.ofEpochSecond(1767225600);
    private final SignedLinks links = new SignedLinks("widget-file-secret-2026");

    @Test
    void signs_a_link_to_a_file_as_in_the_vector() {
        assertThat(links.sign("f_01H", 1767225900)).isEqualTo(SIGNATURE);
        assertThat(links.isGood("f_01H", "1767225900", SIGNATURE, NOW)).isTrue();
    }

    @Test
    void a_link_is_good_for_its_file_and_its_time_only() {
        assertThat(links.isGood("f_01J", "1767225900", SIGNATURE, NOW)).isFalse();
        assertThat(links.isGood("f_01H", "1767225901", SIGNATURE, NOW)).isFalse();
        assertThat(links.isGood("f_01H", "1767225900", SIGNATURE, NOW.plusSeconds(300)))
                .isFalse();
        assertThat(links.isGood("f_01H", "", SIGNATURE, NOW)).isFalse();
        assertThat(links.isGood("f_01H", "9".repeat(30), SIGNATURE, NOW)).isFalse();
        assertThat(links.isGood("f_01H", "1767225900", "", NOW)).isFalse();
    }

    @Test
    void an_upload_is_its_visitors_for_an_hour() {
        var upload = links.uploadId("f_01H", "v_anna", NOW);

        assertThat(links.fileOf(upload, "v_anna", NOW)).contains("f_01H");
        assertThat(links.fileOf(upload, "v_bob", NOW)).isEmpty();
        assertThat(links.fileOf(upload, "v_anna", NOW.plus(Duration.ofHours(1))))
                .isEmpty();
        assertThat(links.fileOf(upload.replace("f_01H", "f_01J"), "v_anna", NOW))
                .isEmpty();
        assertThat(links.fileOf("f_01H", "v_anna", NOW)).isEmpty();
        assertThat(links.fileOf("f_01H|1767225900." + SIGNATURE, "v_anna", NOW)).isEmpty();
    }

    @Test
    void a_ticket_is_taken_once_and_in_time() {
        var now = new Instant[] {NOW};
        var tickets = new Tickets<String>(new Secrets(), () -> now[0]);
        var first = tickets.issue("anna");
        var late = tickets.issue("bob");

        assertThat(tickets.take(first)).contains("anna");
        assertThat(tickets.take(first)).isEmpty();
        assertThat(tickets.take("tk_guess")).isEmpty();
        now[0] = NOW.plusSeconds(30);
        assertThat(tickets.take(late)).isEmpty();
    }

    @Test
    void a_visitors_token_has_256_random_bits_and_is_kept_as_a_hash() {
        var token = new Secrets().visitorToken();

        assertThat(token).matches("vt_[A-Za-z0-9_-]{43}");
        assertThat(Secrets.looksLikeToken(token)).isTrue();
        assertThat(Secrets.looksLikeToken(token + "A")).isFalse();
        assertThat(Secrets.hash(token)).matches("[0-9a-f]{64}").doesNotContain(token);
    }
}
