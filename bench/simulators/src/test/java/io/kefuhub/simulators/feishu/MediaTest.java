package io.kefuhub.simulators.feishu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.simulators.Json;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class MediaTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};

    private final Tenant tenant = new Tenant();

    @BeforeEach
    void signed_in() throws Exception {
        tenant.signedIn();
    }

    @AfterEach
    void close() {
        tenant.close();
    }

    @Test
    void a_picture_of_the_hub_is_on_the_screen() throws Exception {
        var chat = tenant.chat(tenant.say(Feishu.WEBHOOK, "在吗"));
        var key = tenant.upload("/im/v1/images", "image", PNG, Map.of("image_type", "message"))
                .data()
                .path("image_key")
                .asText();

        var sent = tenant.send(chat, "image", Json.object().put("image_key", key), "")
                .data();

        var shown = tenant.shown(sent.path("message_id").asText());
        assertThat(shown.path("kind").asText()).isEqualTo("image");
        assertThat(tenant.remote
                        .send("GET", "/sim/media/" + shown.path("media").asText(), "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void what_is_empty_no_picture_too_large_or_of_an_unknown_kind_is_refused() throws Exception {
        var message = Map.of("image_type", "message");
        var named = Map.of("file_type", "stream", "file_name", "a.bin");

        assertThat(tenant.upload("/im/v1/images", "image", new byte[0], message).code())
                .isEqualTo(234010);
        assertThat(tenant.upload("/im/v1/images", "image", new byte[] {1, 2, 3, 4}, message)
                        .code())
                .isEqualTo(234011);
        assertThat(tenant.upload("/im/v1/images", "image", PNG, Map.of()).code())
                .isEqualTo(234001);
        assertThat(tenant.upload("/im/v1/images", "image", new byte[10 * 1024 * 1024 + 1], message)
                        .code())
                .isEqualTo(234006);
        assertThat(tenant.upload("/im/v1/files", "file", new byte[0], named).code())
                .isEqualTo(234010);
        assertThat(tenant.upload("/im/v1/files", "file", new byte[30 * 1024 * 1024 + 1], named)
                        .code())
                .isEqualTo(234006);
        assertThat(tenant.upload("/im/v1/files", "file", PNG, Map.of("file_type", "exe", "file_name", "a"))
                        .code())
                .isEqualTo(234001);
    }

    @Test
    void a_file_is_sent_as_what_it_was_uploaded_as() throws Exception {
        var chat = tenant.chat(tenant.say(Feishu.WEBHOOK, "在吗"));
        var key = tenant.upload(
                        "/im/v1/files", "file", new byte[100], Map.of("file_type", "pdf", "file_name", "合同.pdf"))
                .data()
                .path("file_key")
                .asText();

        assertThat(tenant.send(chat, "audio", Json.object().put("file_key", key), "")
                        .code())
                .isEqualTo(230055);
        var sent = tenant.send(chat, "file", Json.object().put("file_key", key), "")
                .data();
        assertThat(tenant.shown(sent.path("message_id").asText())
                        .path("mediaName")
                        .asText())
                .isEqualTo("合同.pdf");
    }

    @Test
    void what_a_customer_sent_is_fetched_by_message_and_key_and_kind() throws Exception {
        var content = Base64.getEncoder().encodeToString(PNG);
        var said = tenant.say(Feishu.WEBHOOK, Json.object().put("kind", "image").put("data", content));
        var other = tenant.say(Feishu.WEBHOOK, "在吗");
        var key = key(said, "image_key");
        var path = "/im/v1/messages/" + said + "/resources/" + key;

        var fetched =
                tenant.remote.client.send(tenant.request(path + "?type=image").build(), BodyHandlers.ofByteArray());

        assertThat(fetched.body()).isEqualTo(PNG);
        assertThat(fetched.headers().firstValue("Content-Type")).contains("image/png");
        assertThat(tenant.call("GET", path + "?type=file", "").code()).isEqualTo(234001);
        assertThat(tenant.call("GET", "/im/v1/messages/" + other + "/resources/" + key + "?type=image", "")
                        .code())
                .isEqualTo(234003);
        assertThat(tenant.call("GET", "/im/v1/images/" + key, "").code()).isEqualTo(234008);
    }

    @Test
    void stickers_and_files_of_recalled_messages_are_not_handed_out() throws Exception {
        var sticker = tenant.say(Feishu.WEBHOOK, Json.object().put("kind", "sticker"));
        var file = tenant.say(Feishu.WEBHOOK, Json.object().put("kind", "file"));
        var key = key(file, "file_key");
        tenant.act(Feishu.WEBHOOK, "recall", Json.object().put("message", file));

        assertThat(tenant.call(
                                "GET",
                                "/im/v1/messages/" + sticker + "/resources/" + key(sticker, "file_key") + "?type=file",
                                "")
                        .code())
                .isEqualTo(234043);
        assertThat(tenant.call("GET", "/im/v1/messages/" + file + "/resources/" + key + "?type=file", "")
                        .code())
                .isEqualTo(231003);
    }

    @Test
    void a_file_of_100_megabytes_comes_whole_and_a_larger_one_not_at_all() throws Exception {
        var limit = 100L * 1024 * 1024;
        var largest =
                tenant.say(Feishu.WEBHOOK, Json.object().put("kind", "file").put("size", limit));
        var larger =
                tenant.say(Feishu.WEBHOOK, Json.object().put("kind", "file").put("size", limit + 1));

        var fetched = tenant.remote.client.send(
                tenant.request("/im/v1/messages/" + largest + "/resources/" + key(largest, "file_key") + "?type=file")
                        .build(),
                BodyHandlers.ofInputStream());

        assertThat(length(fetched)).isEqualTo(limit);
        assertThat(tenant.call(
                                "GET",
                                "/im/v1/messages/" + larger + "/resources/" + key(larger, "file_key") + "?type=file",
                                "")
                        .code())
                .isEqualTo(234037);
    }

    private static long length(HttpResponse<InputStream> answer) throws Exception {
        try (var in = answer.body()) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private String key(String message, String field) throws Exception {
        var content = tenant.shown(message).path("original").path("content");
        return content.path(field).asText();
    }
}
