package io.kefuhub.channel.feishu.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Http;
import io.kefuhub.api.kit.FakeClock;
import io.kefuhub.api.kit.FakeHttp;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TenantTokenTest {
    private static final int CALLERS = 200;

    private final FakeClock clock = new FakeClock();
    private final AtomicInteger given = new AtomicInteger();
    private final FakeHttp http = new FakeHttp().answerAs(this::answer);
    private volatile long expire = 7200;
    private volatile int status = 200;
    private final TenantToken token = new TenantToken(http, URI.create("http://x"), "cli_1", "s", clock);

    private FakeHttp.Played answer(Http.Request request) {
        if (status != 200) return FakeHttp.Played.whole(status, Map.of(), "");
        return FakeHttp.Played.whole(
                200,
                Map.of(),
                "{\"code\":0,\"tenant_access_token\":\"t-" + given.incrementAndGet() + "\",\"expire\":" + expire + "}");
    }

    @Test
    void is_fetched_once_for_many_callers() throws Exception {
        assertThat(many()).hasSize(CALLERS).containsOnly("t-1");
        assertThat(given).hasValue(1);
    }

    @Test
    void is_renewed_some_minutes_before_it_ends() {
        assertThat(value()).isEqualTo("t-1");
        clock.move(Duration.ofMinutes(114));
        assertThat(value()).isEqualTo("t-1");
        clock.move(Duration.ofMinutes(2));
        assertThat(value()).isEqualTo("t-2");
    }

    @Test
    void is_good_to_its_end_when_it_cannot_be_renewed() {
        value();
        clock.move(Duration.ofMinutes(117));
        status = 503;
        assertThat(value()).isEqualTo("t-1");
        clock.move(Duration.ofMinutes(3));
        assertThat(token.get()).isInstanceOf(TenantToken.Held.Not.class);
    }

    @Test
    void that_is_not_taken_any_more_is_fetched_once_however_many_found_out() throws Exception {
        many();
        for (var i = 0; i < CALLERS; i++) token.spoilt("t-1");

        assertThat(many()).hasSize(CALLERS).containsOnly("t-2");
        token.spoilt("t-1");
        assertThat(value()).isEqualTo("t-2");
    }

    @Test
    void of_a_short_time_is_not_fetched_for_every_call() {
        expire = 60;
        value();
        value();
        assertThat(given).hasValue(1);
    }

    private String value() {
        return ((TenantToken.Held.Token) token.get()).value();
    }

    private ConcurrentLinkedQueue<String> many() throws InterruptedException {
        var values = new ConcurrentLinkedQueue<String>();
        var go = new CountDownLatch(1);
        var done = new CountDownLatch(CALLERS);
        for (var i = 0; i < CALLERS; i++) {
            Thread.ofVirtual().start(() -> {
                try {
                    go.await();
                    values.add(value());
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                } finally {
                    done.countDown();
                }
            });
        }
        go.countDown();
        done.await();
        return values;
    }
}
