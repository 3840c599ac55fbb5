package io.kefuhub.channel.wecom.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.channel.wecom.PlayedWecom;
import io.kefuhub.channel.wecom.PlayedWecom.Reaction;
import io.kefuhub.channel.wecom.Rig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final String GET_TOKEN = "/cgi-bin/gettoken";
    private static final String ASK = "/cgi-bin/agent/get";
    private static final int MANY = 64;

    private final Rig rig = new Rig();
    private final PlayedWecom wecom = rig.wecom;
    private final Api api = api("s3cret-2026");

    @AfterEach
    void close() {
        rig.close();
    }

    private Api api(String secret) {
        var platform = new Platform(wecom.address());
        return new Api(platform, new Tokens(platform, new Credentials("ww1", secret), rig.context), rig.context);
    }

    @Test
    void one_token_is_fetched_for_many_callers() throws Exception {
        assertThat(askedAtOnce()).hasSize(MANY).allMatch(Reply.Ok.class::isInstance);

        assertThat(wecom.seen(GET_TOKEN)).hasSize(1);
    }

    @Test
    void a_token_is_replaced_five_minutes_before_it_expires() {
        api.get(ASK, Map.of());
        rig.clock().move(Duration.ofMinutes(114));
        api.get(ASK, Map.of());
        assertThat(wecom.seen(GET_TOKEN)).hasSize(1);

        rig.clock().move(Duration.ofMinutes(1));
        api.get(ASK, Map.of());

        assertThat(wecom.seen(GET_TOKEN)).hasSize(2);
    }

    @Test
    void what_is_asked_is_asked_once_more_and_no_further_when_tokens_are_refused_for_ever() {
        wecom.next(ASK, Reaction.BAD_SECRET, Reaction.BAD_SECRET, Reaction.BAD_SECRET);

        var reply = api.get(ASK, Map.of());

        assertThat(reply)
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(40001));
        assertThat(wecom.seen(ASK)).hasSize(2);
        assertThat(Meaning.of((Reply.Refused) reply).then()).isInstanceOf(Meaning.Then.Later.class);
    }

    @Test
    void the_next_generation_goes_on_with_the_token_and_another_secret_does_not() {
        api.get(ASK, Map.of());

        api("s3cret-2026").get(ASK, Map.of());
        assertThat(wecom.seen(GET_TOKEN)).hasSize(1);

        api("another").get(ASK, Map.of());
        assertThat(wecom.seen(GET_TOKEN)).hasSize(2);
        assertThat(rig.hub.store().contents().values()).noneMatch(value -> value.contains("tok-"));
    }

    @Test
    void a_kept_token_that_was_revoked_meanwhile_is_replaced() {
        api.get(ASK, Map.of());
        wecom.revokeTokens();

        assertThat(api("s3cret-2026").get(ASK, Map.of())).isInstanceOf(Reply.Ok.class);

        assertThat(wecom.seen(GET_TOKEN)).hasSize(2);
    }

    @Test
    void a_token_is_fetched_while_the_database_is_away() {
        rig.hub.store().away(true);

        assertThat(api.get(ASK, Map.of())).isInstanceOf(Reply.Ok.class);
    }

    @Test
    void whoever_asks_too_often_asks_that_no_more_for_a_minute() {
        wecom.next(ASK, Reaction.OVER_LIMIT);
        api.get(ASK, Map.of());

        assertThat(api.get(ASK, Map.of())).isInstanceOf(Reply.Refused.class);
        assertThat(wecom.seen(ASK)).hasSize(1);
        assertThat(api.get("/cgi-bin/user/get", Map.of("userid", "lisi"))).isInstanceOf(Reply.Ok.class);

        rig.clock().move(Duration.ofSeconds(61));
        assertThat(api.get(ASK, Map.of())).isInstanceOf(Reply.Ok.class);
    }

    @Test
    void a_page_of_html_and_a_cut_answer_are_no_answers() {
        wecom.next(ASK, Reaction.HTML, Reaction.BAD_GATEWAY, Reaction.CUT_OFF);

        for (var i = 0; i < 3; i++) {
            assertThat(api.post(ASK, Map.of()))
                    .isInstanceOfSatisfying(
                            Reply.NoAnswer.class,
                            none -> assertThat(none.dispatched()).isTrue());
        }
    }

    @Test
    void what_could_not_be_asked_for_want_of_a_token_never_reached_the_platform() {
        wecom.next(GET_TOKEN, Reaction.BAD_GATEWAY);

        assertThat(api.get(ASK, Map.of()))
                .isInstanceOfSatisfying(
                        Reply.NoAnswer.class,
                        none -> assertThat(none.dispatched()).isFalse());
        assertThat(wecom.seen(ASK)).isEmpty();
    }

    private List<Reply> askedAtOnce() throws Exception {
        var barrier = new CyclicBarrier(MANY);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var questions = new ArrayList<Callable<Reply>>();
            for (var i = 0; i < MANY; i++) {
                questions.add(() -> {
                    barrier.await();
                    return api.get(ASK, Map.of());
                });
            }
            var replies = new ArrayList<Reply>();
            for (var one : threads.invokeAll(questions)) replies.add(one.get());
            return replies;
        }
    }
}
