package io.kefuhub.core.plugin.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.database.Eventually;
import io.kefuhub.core.plugin.TrialMode;
import io.kefuhub.core.plugin.wasm.guest.Guests;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module is tried beside the one that serves as a jar is. */
class ModuleTrialTest {
    private static final TrialMode HALF = new TrialMode.Canary(50);

    @TempDir
    Path home;

    private LifeFixture hub;

    @BeforeEach
    void start() throws IOException {
        hub = new LifeFixture(home);
        drop(Guests.bytes("field"), "1.0.0");
        hub.awaitEnd("told.wasm", Activation.Outcome.SERVING);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    /** Brings a version that holds every message with its number, or does what the module does otherwise. */
    private void drop(byte[] module, String version) throws IOException {
        var answer = "{\\\"action\\\":\\\"hold\\\",\\\"reason\\\":\\\"" + version + "\\\"}";
        hub.drop(module, """
                {"name": "told", "version": "%s", "timeoutMs": 400,
                 "settings": [{"key": "key", "label": "Answer", "default": "%s"}]}""".formatted(version, answer), "told");
    }

    private void tryOut(byte[] module, TrialMode mode) throws IOException {
        assertThat(hub.life.arrivals("told", Optional.of(mode), "person:test")).isTrue();
        drop(module, "1.1.0");
        hub.awaitEnd("told.wasm", Activation.Outcome.ON_TRIAL, "1.1.0");
    }

    /** What new conversations are told. */
    private Stream<String> said(int conversations) {
        return IntStream.range(0, conversations).mapToObj(_ -> hub.says(new ConversationId(UUID.randomUUID())));
    }

    @Test
    void a_canary_answers_for_its_share_and_comes_to_serve_when_it_is_promoted() throws Exception {
        tryOut(Guests.bytes("field"), HALF);

        assertThat(said(60)).contains("1.0.0", "1.1.0").containsOnly("1.0.0", "1.1.0");
        var tried = hub.life.activations("told", 1).getFirst();
        hub.life.bring("told", tried.sha256(), "person:test", false);

        assertThat(said(10)).containsOnly("1.1.0");
        assertThat(hub.contributions.now().trials()).isEmpty();
    }

    @Test
    void a_shadow_is_compared_and_never_believed_and_is_taken_back_by_hand() throws Exception {
        tryOut(Guests.bytes("version-1"), new TrialMode.Shadow());

        assertThat(said(20)).containsOnly("1.0.0");

        Eventually.holds(() ->
                hub.card("told").trial().orElseThrow().instances().getFirst().differed() == 20);
        assertThat(hub.life.endTrial("told", "person:test")).isTrue();
        assertThat(said(5)).containsOnly("1.0.0");
        assertThat(hub.audited()).contains("plugin.tried", "plugin.taken_back");
    }

    @Test
    void a_candidate_that_traps_is_taken_back_by_itself_and_costs_no_message() throws Exception {
        tryOut(Guests.bytes("trap"), HALF);

        Eventually.holds(() -> {
            assertThat(said(20)).containsOnly("1.0.0");
            return hub.contributions.now().trials().isEmpty();
        });

        assertThat(hub.card("told").state()).isEqualTo("serving");
        Eventually.holds(() ->
                hub.life.activations("told", 1).getFirst().outcome().orElseThrow() == Activation.Outcome.TAKEN_BACK);
    }
}
