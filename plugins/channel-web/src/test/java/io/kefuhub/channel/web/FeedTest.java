package io.kefuhub.channel.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.channel.web.frame.ServerFrame;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class FeedTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    @Timeout(20)
    void what_could_not_be_read_is_read_a_moment_later_without_another_wake_up() {
        try (var context = new FakeChannelContext("wk_demo")) {
            var seen = new CopyOnWriteArrayList<ServerFrame>();
            var chat = new Chat(WebSettings.of(Settings.of(Map.of())), troubled(context));
            var feed = new Feed(chat, "c1", false, seen::add);
            feed.listen();

            feed.startAfter(0, 1);

            while (seen.isEmpty()) context.clock().move(Duration.ofMillis(100));
            assertThat(seen).hasSize(1);
            assertThat(feed.sentUpTo()).isEqualTo(1);
            assertThat(asked.get()).isGreaterThan(1);
        }
    }

    /** A hub whose database is away when it is asked for the first time. */
    private ChannelContext troubled(FakeChannelContext context) {
        var timeline = proxy(Timeline.class, (name, arguments) -> switch (name) {
            case "follow" -> new FromTheStart();
            case "after" -> {
                if (asked.incrementAndGet() == 1) throw new IllegalStateException("away");
                yield List.of(new TimelineEvent.StateChanged(1, Timeline.State.BOT, ""));
            }
            default -> throw new AssertionError(name);
        });
        return proxy(ChannelContext.class, (name, arguments) -> switch (name) {
            case "timeline" -> timeline;
            case "tasks" -> context.tasks();
            case "clock" -> context.clock();
            case "store" -> context.store();
            case "instance" -> context.instance();
            default -> throw new AssertionError(name);
        });
    }

    private record FromTheStart() implements Timeline.Subscription {
        @Override
        public long lastSeq() {
            return 0;
        }

        @Override
        public void close() {}
    }

    private interface Answers {
        Object to(String name, Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (_, method, arguments) -> answers.to(method.getName(), arguments == null ? new Object[0] : arguments)));
    }
}
