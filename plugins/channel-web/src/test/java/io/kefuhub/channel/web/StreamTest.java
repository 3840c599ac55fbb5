package io.kefuhub.channel.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.JsonWire;
import io.kefuhub.channel.web.frame.ServerFrame;
import io.kefuhub.channel.web.frame.ServerFrame.Event;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamTest {
    private final World world = new World();
    private final Browser anna = new Browser(world, new JsonWire());

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_stream_brings_what_a_socket_would() throws Exception {
        var conversation = says("A");
        world.context.conversations().botSays(conversation, "B");
        try (var stream = new Listening(open("1", ""))) {
            assertThat(stream.next()).isInstanceOf(ServerFrame.Welcome.class);
            assertThat(((Event) stream.next()).seq()).isEqualTo(2);
            world.context.conversations().agentTypes(conversation, "小李", true);
            assertThat(stream.next()).isInstanceOf(ServerFrame.Typing.class);
            world.context.conversations().botSays(conversation, "C");
            assertThat(((Event) stream.next()).seq()).isEqualTo(3);
            assertThat(stream.lastId).isEqualTo("3");
        }
    }

    @Test
    void a_browser_that_comes_back_names_the_last_event() throws Exception {
        var conversation = says("A");
        world.context.conversations().botSays(conversation, "B");
        try (var stream = new Listening(open("0", "1"))) {
            assertThat(stream.next()).isInstanceOf(ServerFrame.Welcome.class);
            assertThat(((Event) stream.next()).seq()).isEqualTo(2);
        }
    }

    @Test
    void a_stream_opened_before_the_first_message_gets_it() throws Exception {
        anna.visits();
        try (var stream = new Listening(open("0", ""))) {
            assertThat(stream.next()).isInstanceOf(ServerFrame.Welcome.class);
            anna.posts("/messages", HttpCallsTest.message("a1", "A"));
            assertThat(((Event) stream.next()).seq()).isEqualTo(1);
        }
    }

    @Test
    void a_stream_ends_with_its_session() throws Exception {
        says("A");
        try (var stream = new Listening(open("0", ""))) {
            stream.next();
            anna.posts("/logout", "");
            stream.thread.join(10_000);
            assertThat(stream.thread.isAlive()).isFalse();
        }
    }

    @Test
    void a_stream_takes_its_place_when_it_is_promised_and_gives_it_back_fed_or_not() throws Exception {
        try (var small = new World(Map.of("connections", "2", "connections-per-address", "1"))) {
            var bob = new Browser(small, new JsonWire());
            bob.visits();
            var unfed = source(bob.gets(World.get("/stream")));
            assertThat(bob.gets(World.get("/stream")).status()).isEqualTo(429);
            unfed.ended();

            var fed = bob.gets(World.get("/stream"));
            try (var stream = new Listening(fed)) {
                assertThat(stream.next()).isInstanceOf(ServerFrame.Welcome.class);
                assertThat(bob.gets(World.get("/stream")).status()).isEqualTo(429);
            }

            source(bob.gets(World.get("/stream"))).ended();
        }
    }

    @Test
    void a_full_house_refuses_a_stream_before_it_begins() throws Exception {
        try (var small = new World(Map.of("connections", "1"))) {
            var bob = new Browser(small, new JsonWire());
            bob.connects();

            var refused = bob.gets(World.get("/stream"));

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.headers()).containsKey("Retry-After");
        }
    }

    private static WebReply.EventSource source(WebReply reply) {
        return ((WebReply.Body.Events) reply.body()).source();
    }

    private String says(String text) throws BadFrame {
        anna.visits();
        return World.json(anna.posts("/messages", HttpCallsTest.message("a1", text)))
                .text("conversation");
    }

    private WebReply open(String after, String lastId) {
        var request = World.get("/stream").withQuery("after", after);
        return anna.gets(lastId.isEmpty() ? request : request.withHeader("Last-Event-ID", lastId));
    }

    /** Reads a stream on a thread of its own. */
    private static final class Listening implements AutoCloseable, WebReply.EventSink {
        private final LinkedBlockingQueue<ServerFrame> heard = new LinkedBlockingQueue<>();
        private final Thread thread;
        private volatile String lastId = "";

        Listening(WebReply reply) {
            var source = source(reply);
            thread = Thread.ofVirtual().start(() -> {
                try {
                    source.feed(this);
                } catch (IOException e) {
                    throw new AssertionError(e);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                } finally {
                    source.ended();
                }
            });
        }

        ServerFrame next() throws InterruptedException {
            var frame = heard.poll(10, TimeUnit.SECONDS);
            if (frame == null) throw new AssertionError("heard nothing");
            return frame;
        }

        @Override
        public void event(String id, String name, String data) {
            if (!id.isEmpty()) lastId = id;
            heard.add(new JsonWire().decode(data));
        }

        @Override
        public void comment(String text) {}

        @Override
        public void close() throws InterruptedException {
            thread.interrupt();
            thread.join(10_000);
        }
    }
}
