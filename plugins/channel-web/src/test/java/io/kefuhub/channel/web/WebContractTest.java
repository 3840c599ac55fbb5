package io.kefuhub.channel.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.kit.Applicable;
import io.kefuhub.api.kit.ChannelContract;
import io.kefuhub.api.kit.Customers;
import io.kefuhub.api.kit.FakeChannelContext;
import io.kefuhub.api.kit.FakePlatform;
import io.kefuhub.api.kit.LargeFile;
import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.kit.Serving;
import io.kefuhub.api.kit.WebhookCalls;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract of the web chat, whose customers come to the hub themselves. */
class WebContractTest implements ChannelContract {
    private static final String BOUNDARY = "----hubBoundary7";
    private static final int LARGEST = 100 << 20;

    private final FakeChannelContext context = new FakeChannelContext("wk_demo");
    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    @AfterEach
    void end() {
        context.close();
    }

    @Override
    public ChannelFactory factory() {
        return new WebChannelFactory();
    }

    @Override
    public Map<String, String> values() {
        return Map.of(
                "file-limit", Integer.toString(LARGEST), "messages-per-10s", "1000", "messages-per-10min", "1000");
    }

    @Override
    public FakeChannelContext context() {
        return context;
    }

    @Override
    public Applicable<WebhookCalls> webhook() {
        return Applicable.notBecause(
                "no platform calls it; whoever says to be a customer of the site's brings a token"
                        + " of the site's own server, and IdentityTokensTest has those unsigned, tampered, stale and another's");
    }

    @Override
    public Customers customers() {
        return new Customers() {
            @Override
            public Way way() {
                return Way.VISITED;
            }

            @Override
            public boolean write(Serving hub, String customer, String id, String text) {
                return ask(hub, customer, World.post("/messages", HttpCallsTest.message(id, text)))
                                .status()
                        == 200;
            }

            @Override
            public Applicable<Sent> files() {
                return Applicable.given(new Films());
            }
        };
    }

    private WebReply ask(Serving hub, String customer, Requests request) {
        return hub.channel().serve(signedIn(hub, customer, request).call());
    }

    /** As the customer, whose browser keeps what it was given at the first visit. */
    private Requests signedIn(Serving hub, String customer, Requests request) {
        var token = tokens.computeIfAbsent(customer, _ -> {
            var visit = World.post("/session", "{\"locale\":\"zh-CN\"}");
            return text(World.json(hub.channel().serve(visit.call())), "token");
        });
        return request.withHeader("Authorization", "Bearer " + token);
    }

    private static String text(JsonObject json, String name) {
        try {
            return json.text(name);
        } catch (BadFrame e) {
            throw new AssertionError(e);
        }
    }

    private final class Films implements Customers.Sent {
        @Override
        public long largest() {
            return LARGEST;
        }

        @Override
        public boolean write(Serving hub, String customer, String id, LargeFile file) {
            var head = signedIn(hub, customer, World.post("/uploads", ""))
                    .withHeader("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
            var reply = hub.channel().serve(withBody(head, form(file)));
            if (reply.status() != 200) return false;
            var upload = text(World.json(reply), "uploadId");
            var message = "{\"cid\":\"" + id + "\",\"parts\":[{\"type\":\"file\",\"uploadId\":\"" + upload + "\"}]}";
            return ask(hub, customer, World.post("/messages", message)).status() == 200;
        }

        private static InputStream form(LargeFile file) {
            var head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + file.name()
                    + "\"\r\nContent-Type: " + file.mime() + "\r\n\r\n";
            return new SequenceInputStream(
                    Collections.enumeration(List.of(bytes(head), file.open(), bytes("\r\n--" + BOUNDARY + "--\r\n"))));
        }

        private static InputStream bytes(String text) {
            return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static WebRequest withBody(Requests head, InputStream body) {
        var call = head.call();
        return new WebRequest(
                call.method(),
                call.path(),
                call.rest(),
                call.query(),
                call.headers(),
                call.address(),
                call.secure(),
                call.host(),
                body);
    }

    @Override
    public Applicable<FakePlatform> platform() {
        return Applicable.notBecause("nothing is sent: customers read the timeline");
    }

    /** What is not sent is read: the other way of files. */
    @Test
    void the_largest_file_is_read_by_its_link_through_little_memory() throws BadFrame, IOException {
        try (var hub = hub()) {
            customers().write(hub, "anna", "c1", "hello");
            var thread = context.conversations().incoming().getFirst().thread();
            var conversation = context.timeline().find(thread).orElseThrow().conversationId();
            var file = new LargeFile(LARGEST);
            var parts = List.<Part>of(Part.Media.of(context.files().put(file)));
            context.conversations().says(conversation, new Author.Agent("Li"), parts, Optional.empty());

            var events = World.json(ask(hub, "anna", World.get("/events"))).objects("events");
            var url = events.getLast()
                    .object("message")
                    .orElseThrow()
                    .objects("parts")
                    .getFirst()
                    .text("url");
            var reply = hub.channel().serve(FilesTest.link(url).call());

            assertThat(reply.body()).isInstanceOf(WebReply.Body.Stream.class);
            try (var content = ((WebReply.Body.Stream) reply.body()).content()) {
                assertThat(content.transferTo(OutputStream.nullOutputStream())).isEqualTo(file.size());
            }
            file.mustHaveTakenLittleMemory();
        }
    }
}
