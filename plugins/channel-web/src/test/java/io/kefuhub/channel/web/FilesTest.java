package io.kefuhub.channel.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.kit.Requests;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.JsonObject;
import io.kefuhub.channel.web.frame.JsonWire;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FilesTest {
    private static final String BOUNDARY = "----hubBoundary7";
    private final World world = new World();
    private final Browser anna = new Browser(world, new JsonWire());

    @BeforeEach
    void visit() {
        anna.visits();
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void a_picture_is_uploaded_sent_and_read_by_a_signed_link() throws BadFrame {
        var picture = png(100_000);
        var upload = World.json(upload(anna, "包裹 \"1\".png", picture));
        assertThat(upload.text("type")).isEqualTo("image/png");
        assertThat(upload.number("size")).isEqualTo(picture.length);

        anna.posts("/messages", message(upload.text("uploadId")));
        var part = shownFile();

        assertThat(part.text("name")).isEqualTo("包裹 \"1\".png");
        var file = follow(part.text("url"));
        assertThat(file.status()).isEqualTo(200);
        assertThat(World.bytes(file)).isEqualTo(picture);
        assertThat(file.headers())
                .containsEntry("Content-Type", "image/png")
                .containsEntry("X-Content-Type-Options", "nosniff")
                .containsEntry("Content-Security-Policy", "default-src 'none'; sandbox");
        assertThat(file.headers().get("Content-Disposition"))
                .isEqualTo("inline; filename*=UTF-8''%E5%8C%85%E8%A3%B9%20%221%22.png");
    }

    @Test
    void what_is_no_picture_is_only_ever_downloaded() throws BadFrame {
        var upload = World.json(upload(anna, "note.html", "plain words".getBytes(StandardCharsets.UTF_8)));
        anna.posts("/messages", message(upload.text("uploadId")));

        var file = follow(shownFile().text("url"));

        assertThat(file.headers()).containsEntry("Content-Type", "application/octet-stream");
        assertThat(file.headers().get("Content-Disposition")).startsWith("attachment;");
    }

    @Test
    void a_picture_that_is_none_is_refused() {
        for (var content :
                new String[] {"<svg onload=alert(1)>", "<html><script>alert(1)</script>", "\u0000\u0001\u0002"}) {
            var reply = upload(anna, "cat.png", content.getBytes(StandardCharsets.UTF_8));
            HttpCallsTest.assertRefused(reply, 415, "not_allowed");
        }
    }

    @Test
    void a_file_that_is_too_large_is_refused() {
        try (var small = new World(Map.of("file-limit", "1000"))) {
            var bob = new Browser(small, new JsonWire());
            bob.visits();
            assertThat(upload(bob, "a.png", png(1_000)).status()).isEqualTo(200);
            HttpCallsTest.assertRefused(upload(bob, "a.png", png(1_001)), 413, "too_large");
        }
    }

    @Test
    void a_full_disk_is_told_with_a_time_to_come_back() {
        world.context.files().fillUp();

        var reply = upload(anna, "a.png", png(10));

        HttpCallsTest.assertRefused(reply, 507, "no_room");
        assertThat(reply.headers()).containsEntry("Retry-After", "60");
    }

    @Test
    void twenty_uploads_an_hour_and_no_more() {
        for (var n = 0; n < 20; n++)
            assertThat(upload(anna, "a.png", png(10)).status()).isEqualTo(200);
        HttpCallsTest.assertRefused(upload(anna, "a.png", png(10)), 429, "rate_limited");
        world.context.clock().move(Duration.ofHours(1));
        assertThat(upload(anna, "a.png", png(10)).status()).isEqualTo(200);
    }

    @Test
    void a_form_that_is_cut_off_or_holds_no_file_is_400() {
        var whole = form("file", "a.png", png(50_000));
        for (var length : new int[] {0, 10, 100, 20_000, whole.length - 20}) {
            var reply = call(anna, Arrays.copyOf(whole, length));
            assertThat(reply.status()).as("%d bytes", length).isEqualTo(400);
        }
        HttpCallsTest.assertRefused(call(anna, form("other", "a.png", png(10))), 400, "no_file");
        HttpCallsTest.assertRefused(anna.posts("/uploads", "{}"), 400, "no_file");
    }

    @Test
    void a_boundary_may_fall_anywhere() throws BadFrame {
        for (var size = 16_200; size < 16_500; size += 7) {
            try (var other = new World()) {
                var bob = new Browser(other, new JsonWire());
                bob.visits();
                assertThat(World.json(upload(bob, "a.png", png(size))).number("size"))
                        .isEqualTo(size);
            }
        }
    }

    @Test
    void an_upload_is_its_visitors_own() throws BadFrame {
        var upload = World.json(upload(anna, "a.png", png(10))).text("uploadId");
        var bob = new Browser(world, new JsonWire());
        bob.visits();

        HttpCallsTest.assertRefused(bob.posts("/messages", message(upload)), 422, "unknown_upload");
    }

    @Test
    void a_link_that_was_changed_or_is_old_finds_nothing() throws BadFrame {
        anna.posts(
                "/messages", message(World.json(upload(anna, "a.png", png(10))).text("uploadId")));
        var url = shownFile().text("url");

        assertThat(follow(url).status()).isEqualTo(200);
        HttpCallsTest.assertRefused(follow(url.replaceFirst("e=\\d", "e=9")), 404, "not_found");
        HttpCallsTest.assertRefused(follow(url.substring(0, url.length() - 1) + "x"), 404, "not_found");
        HttpCallsTest.assertRefused(follow(url.replace("/f_", "/f_0")), 404, "not_found");
        HttpCallsTest.assertRefused(follow(url.substring(0, url.indexOf('?'))), 404, "not_found");
        world.context.clock().move(Duration.ofMinutes(6));
        HttpCallsTest.assertRefused(follow(url), 404, "not_found");
    }

    private JsonObject shownFile() throws BadFrame {
        var events = World.json(anna.gets(World.get("/events"))).objects("events");
        return events.getLast().object("message").orElseThrow().objects("parts").getFirst();
    }

    private WebReply follow(String url) {
        return world.call(link(url));
    }

    /** What a browser asks that follows a link. */
    static Requests link(String url) {
        var pieces = url.split("\\?", -1);
        var request = World.get(pieces[0].substring("/widget/1/wk_demo".length()));
        if (pieces.length > 1) {
            for (var pair : pieces[1].split("&", -1)) {
                request = request.withQuery(pair.substring(0, 1), pair.substring(2));
            }
        }
        return request;
    }

    private static String message(String uploadId) {
        return "{\"cid\":\"f1\",\"parts\":[{\"type\":\"file\",\"uploadId\":\"" + uploadId + "\"}]}";
    }

    private static WebReply upload(Browser browser, String name, byte[] content) {
        return call(browser, form("file", name, content));
    }

    private static WebReply call(Browser browser, byte[] form) {
        Requests request = World.post("/uploads", "")
                .withHeader("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .withBody(form);
        return browser.gets(request);
    }

    private static byte[] form(String field, String name, byte[] content) {
        var form = new ByteArrayOutputStream();
        form.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--" + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"" + field + "\"; filename=\""
                                + name.replace("\"", "%22") + "\"\r\nContent-Type: image/png\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        form.writeBytes(content);
        form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return form.toByteArray();
    }

    private static byte[] png(int size) {
        var bytes = new byte[size];
        for (var i = 0; i < size; i++) bytes[i] = (byte) "\r\n------hub".charAt(i % 11);
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 0, bytes, 0, 8);
        return bytes;
    }
}
