package io.kefuhub.ai.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import io.kefuhub.api.Settings;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.Usage;
import io.kefuhub.api.kit.AiCallsContract;
import io.kefuhub.api.kit.AiProviderContract;
import io.kefuhub.api.kit.FactoryContract;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What every dialect must get right, with a server on this machine that gives its provider's documented replies. The
 * replies are in {@code replies/}; all dialects have them under the same names.
 */
public abstract class EveryProvider implements AiProviderContract, AiCallsContract, FactoryContract {
    protected static final String KEY = "sk-very-secret";
    protected static final String TEXT = "您的包裹 📦 明天送达。";
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    protected final PlayedProvider server = new PlayedProvider();
    protected final WireContext context = new WireContext();

    @Override
    public abstract AiProviderFactory factory();

    /** What the reply {@code answer} says that it cost. */
    protected abstract Usage usage();

    /** Whether something in a stream says that it is over. */
    protected boolean saysWhenItIsOver() {
        return true;
    }

    /** What comes behind the server's address. */
    protected String path() {
        return "";
    }

    @AfterEach
    void end() {
        context.close();
        server.close();
    }

    @Override
    public Map<String, String> values() {
        return Map.of("address", server.address() + path(), "key", KEY, "pictures", "true");
    }

    @Override
    public AiProvider create(Settings settings) {
        return factory().create(settings, context);
    }

    @Override
    public AiProvider provider() {
        return create(Settings.of(values()));
    }

    @Override
    public AiProvider provider(AiProviderContext lent) {
        return factory().create(Settings.of(values()), lent);
    }

    @Override
    public Set<String> secrets() {
        return Set.of(KEY);
    }

    /** Makes a provider with a setting that differs. */
    protected AiProvider provider(String key, String value) {
        var values = new HashMap<>(values());
        values.put(key, value);
        return create(Settings.of(values));
    }

    @Override
    public void lay(Case next) {
        if (next == Case.BROKEN_AFTER_SOME_TEXT) server.lay(golden("answer").half(), PlayedProvider.Manner.CUT);
        else server.lay(golden(next.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    }

    protected Golden golden(String name) {
        return Golden.of(getClass(), name);
    }

    protected AiReply ask(AiRequest request, Heard heard) {
        return provider().reply(request, heard, new Stop());
    }

    protected AiReply ask(String reply) {
        server.lay(golden(reply));
        return ask(AiProviderContract.request(true), new Heard());
    }

    protected static AiRequest request(Map<String, String> options) {
        var plain = AiProviderContract.request(true);
        return new AiRequest(plain.model(), plain.system(), plain.messages(), 256, 0.2, true, options);
    }

    private void assertAnswered(AiReply reply, Heard heard) {
        assertThat(reply).isEqualTo(new AiReply.Answer(TEXT, usage(), AiReply.Finish.STOP));
        assertThat(heard.text()).isEqualTo(TEXT);
        assertThat(heard.usages()).last().isEqualTo(usage());
    }

    @Test
    void an_answer_may_come_byte_by_byte() {
        server.lay(golden("answer"), PlayedProvider.Manner.BYTES);
        var heard = new Heard();

        assertAnswered(ask(AiProviderContract.request(true), heard), heard);
    }

    @Test
    void lines_may_end_as_on_windows() {
        var golden = golden("answer");
        server.lay(golden.withBody(golden.body().replace("\n", "\r\n")));
        var heard = new Heard();

        assertAnswered(ask(AiProviderContract.request(true), heard), heard);
    }

    @Test
    void blank_lines_and_comments_while_the_model_is_busy_are_nothing() {
        var golden = golden("answer");
        var busy = this instanceof SpeaksInLines ? "\n\n\n" : "\n: keep-alive\n\n: keep-alive\n\n";
        server.lay(golden.withBody(busy + golden.body()));
        var heard = new Heard();

        assertAnswered(ask(AiProviderContract.request(true), heard), heard);
    }

    @Test
    void an_answer_may_come_at_once() {
        server.lay(golden("plain"));
        var heard = new Heard();

        assertAnswered(ask(AiProviderContract.request(false), heard), heard);
    }

    @Test
    void a_server_that_does_not_stream_is_understood_all_the_same() {
        server.lay(golden("plain"));
        var heard = new Heard();

        assertAnswered(ask(AiProviderContract.request(true), heard), heard);
    }

    @Test
    void a_server_that_always_streams_is_understood_all_the_same() {
        server.lay(golden("answer"));
        var heard = new Heard();

        assertAnswered(ask(AiProviderContract.request(false), heard), heard);
    }

    @Test
    void reasoning_is_told_apart_from_what_the_customer_reads() {
        server.lay(golden("reasoning"));
        var heard = new Heard();

        var reply = ask(AiProviderContract.request(true), heard);

        assertThat(reply)
                .isInstanceOfSatisfying(
                        AiReply.Answer.class,
                        answer -> assertThat(answer.text()).isEqualTo(TEXT));
        assertThat(heard.text()).isEqualTo(TEXT);
        assertThat(heard.thoughts()).isEqualTo("They ask for their parcel.");
    }

    @Test
    void an_answer_that_was_cut_to_its_limit_says_so() {
        assertThat(ask("length"))
                .isInstanceOfSatisfying(
                        AiReply.Answer.class,
                        answer -> assertThat(answer.finish()).isEqualTo(AiReply.Finish.LENGTH));
    }

    @Test
    void a_stream_that_is_cut_tells_what_had_come() {
        server.lay(golden("answer").half(), PlayedProvider.Manner.CUT);
        var heard = new Heard();

        var reply = ask(AiProviderContract.request(true), heard);

        assertThat(reply).isInstanceOfSatisfying(AiReply.Broken.class, broken -> {
            assertThat(broken.textSoFar()).isNotEmpty().isEqualTo(heard.text());
            assertThat(TEXT).startsWith(broken.textSoFar());
        });
    }

    @Test
    void a_stream_that_ends_too_early_is_no_answer() {
        server.lay(golden("answer").half());

        assertThat(ask(AiProviderContract.request(true), new Heard())).isInstanceOf(AiReply.Broken.class);
    }

    @Test
    void an_error_in_the_middle_of_an_answer_tells_what_had_come() {
        assertThat(ask("fault-in-stream"))
                .isInstanceOfSatisfying(
                        AiReply.Broken.class,
                        broken -> assertThat(broken.textSoFar()).isEqualTo("您的包裹"));
    }

    @Test
    void an_error_instead_of_an_answer_counts_whatever_the_status_was() {
        assertThat(ask("fault-at-once")).isInstanceOf(AiReply.Overloaded.class);
    }

    @Test
    void a_fault_of_the_provider_is_no_refusal() {
        assertThat(ask("fault")).isInstanceOfSatisfying(AiReply.Broken.class, broken -> {
            assertThat(broken.reason()).contains("500");
            assertThat(broken.dispatched()).isTrue();
        });
    }

    @Test
    void the_pause_that_a_busy_provider_asks_for_is_told() {
        assertThat(ask("rate-limited")).isEqualTo(new AiReply.RateLimited(Duration.ofSeconds(7), true));
    }

    @Test
    void the_pause_may_be_a_date() {
        var at = ZonedDateTime.ofInstant(context.clock().instant().plusSeconds(90), ZoneOffset.UTC);
        server.lay(golden("rate-limited").withHeader("Retry-After", DateTimeFormatter.RFC_1123_DATE_TIME.format(at)));

        assertThat(ask(AiProviderContract.request(true), new Heard()))
                .isEqualTo(new AiReply.RateLimited(Duration.ofSeconds(90), true));
    }

    @Test
    void a_cancel_in_the_middle_reaches_the_provider() throws Exception {
        server.lay(golden("answer").half(), PlayedProvider.Manner.HELD);
        var stop = new Stop();
        var heard = new Heard() {
            @Override
            public void content(String piece) {
                super.content(piece);
                stop.pull();
            }
        };

        var reply = provider().reply(AiProviderContract.request(true), heard, stop);

        assertThat(reply).isInstanceOfSatisfying(AiReply.Cancelled.class, cancelled -> {
            assertThat(cancelled.textSoFar()).isEqualTo(heard.text());
            assertThat(cancelled.dispatched()).isTrue();
        });
        assertThat(server.isLeft(500)).isTrue();
    }

    @Test
    void a_cancel_before_the_first_byte_ends_the_wait() throws Exception {
        server.lay(golden("answer"), PlayedProvider.Manner.SILENT);
        var stop = new Stop();
        var reply = CompletableFuture.supplyAsync(
                () -> provider().reply(AiProviderContract.request(true), new Heard(), stop));
        server.awaitQuestion();

        stop.pull();

        assertThat(reply)
                .succeedsWithin(Duration.ofSeconds(10))
                .isEqualTo(new AiReply.Cancelled("", Usage.UNKNOWN, true));
    }

    @Test
    void a_server_that_forgets_to_hang_up_is_not_waited_for() {
        if (!saysWhenItIsOver()) return;
        server.lay(golden("answer"), PlayedProvider.Manner.HELD);
        var heard = new Heard();
        var reply = CompletableFuture.supplyAsync(() -> ask(AiProviderContract.request(true), heard));

        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!reply.isDone() && System.nanoTime() < deadline) {
            context.clock().move(Duration.ofMillis(50));
            Thread.onSpinWait();
        }

        assertAnswered(reply.join(), heard);
    }

    @Test
    void nobody_there_means_that_nothing_was_sent() {
        server.close();

        assertThat(ask(AiProviderContract.request(true), new Heard()))
                .isInstanceOfSatisfying(
                        AiReply.Broken.class,
                        broken -> assertThat(broken.dispatched()).isFalse());
    }

    @Test
    void a_question_looks_as_the_provider_wants_it() {
        server.lay(golden("answer"));

        ask(AiProviderContract.request(true), new Heard());

        assertThat(server.question().method()).isEqualTo("POST");
        assertThat(server.question().json())
                .isEqualTo(Json.object(Golden.text(getClass(), "/questions/plain.json"))
                        .orElseThrow());
    }

    @Test
    void a_conversation_with_a_picture_looks_as_the_provider_wants_it() {
        server.lay(golden("answer"));
        var picture = context.files().put("label.png", "image/png", PNG);
        var gone = new StoredFile("f_gone", "gone.png", "image/png", 8);
        var messages = List.of(
                new AiRequest.Turn(AiRequest.Role.ASSISTANT, "您好！", List.of()),
                new AiRequest.Turn(AiRequest.Role.USER, "See this:", List.of(picture)),
                new AiRequest.Turn(AiRequest.Role.USER, "Where is it?", List.of(gone)));

        ask(new AiRequest("model-1", "", messages, 64, 0.5, true, Map.of()), new Heard());

        assertThat(server.question().json())
                .isEqualTo(Json.object(Golden.text(getClass(), "/questions/picture.json"))
                        .orElseThrow());
    }

    @Test
    void an_answer_can_be_held_to_a_schema() {
        server.lay(golden("answer"));
        var schema =
                "{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":\"string\"}},\"additionalProperties\":false}";

        ask(request(Map.of("json_schema", schema)), new Heard());

        assertThat(server.question().json())
                .isEqualTo(Json.object(Golden.text(getClass(), "/questions/schema.json"))
                        .orElseThrow());
    }

    @Test
    void an_option_that_is_no_json_or_takes_the_place_of_the_question_is_refused_before_it_is_sent() {
        for (var options : List.of(
                Map.of("top_p", "{"),
                Map.of("model", "\"other\""),
                Map.of("json_schema", "1"),
                Map.of("max_tokens", "9999"),
                Map.of("generationConfig", "{\"maxOutputTokens\":9999}"))) {
            assertThat(ask(request(options), new Heard())).isInstanceOfSatisfying(AiReply.Refused.class, refused -> {
                assertThat(refused.dispatched()).isFalse();
                assertThat(refused.reason()).contains(options.keySet());
            });
        }
        assertThat(server.questions()).isEmpty();
    }

    @Test
    void a_key_that_the_provider_repeats_goes_no_further() {
        var golden = golden("fault");
        server.lay(golden.withBody(golden.body().replace("went wrong", "went wrong with " + KEY)));

        assertThat(ask(AiProviderContract.request(true), new Heard()))
                .isInstanceOfSatisfying(
                        AiReply.Broken.class,
                        broken -> assertThat(broken.reason())
                                .contains("went wrong with")
                                .doesNotContain(KEY));
    }

    @Test
    void an_answer_without_end_is_ended() {
        var golden = golden("answer");
        var begun = golden.body().substring(0, golden.body().length() * 3 / 5);
        var piece = begun.substring(0, begun.lastIndexOf('\n') + 1).replace("您的包裹", "x".repeat(100_000));
        server.lay(golden.withBody((piece + "\n").repeat(30)), PlayedProvider.Manner.HELD);

        assertThat(ask(AiProviderContract.request(true), new Heard())).isInstanceOf(AiReply.Broken.class);
    }

    @Test
    void a_check_finds_nothing_wrong_where_all_is_well() {
        server.lay(golden("models"));

        assertThat(provider("model", "model-1").check()).isInstanceOf(CheckResult.Fine.class);
        assertThat(server.question().method()).isEqualTo("GET");
    }

    @Test
    void a_check_names_the_key() {
        server.lay(golden("credentials-refused"));

        assertThat(wrong(provider())).isEqualTo("key");
    }

    @Test
    void a_check_names_the_key_of_an_account_without_balance() {
        server.lay(golden("no-balance"));

        assertThat(wrong(provider())).isEqualTo("key");
    }

    @Test
    void a_check_names_the_address() {
        server.lay(new Golden(404, Map.of("Content-Type", "text/html"), "<html>no such page</html>"))
                .lay(new Golden(200, Map.of("Content-Type", "text/html"), "<html>welcome</html>"));

        assertThat(wrong(provider())).isEqualTo("address");
        assertThat(wrong(provider())).isEqualTo("address");
        server.close();
        assertThat(wrong(provider())).isEqualTo("address");
    }

    @Test
    void a_check_names_the_model() {
        server.lay(golden("models")).lay(golden("refused"));

        assertThat(wrong(provider("model", "model-9"))).isEqualTo("model");
        assertThat(server.questions()).hasSize(2);
    }

    @Test
    void a_check_believes_a_model_that_answers_though_it_is_not_listed() {
        server.lay(golden("models")).lay(golden("plain"));

        assertThat(provider("model", "model-9").check()).isInstanceOf(CheckResult.Fine.class);
    }

    private static String wrong(AiProvider provider) {
        return switch (provider.check()) {
            case CheckResult.Wrong(var problems) -> {
                assertThat(problems)
                        .allSatisfy(one -> assertThat(one.text().texts()).containsKeys(Language.EN, Language.ZH_CN));
                yield problems.getFirst().setting();
            }
            case CheckResult.Fine _ -> "nothing";
        };
    }
}
