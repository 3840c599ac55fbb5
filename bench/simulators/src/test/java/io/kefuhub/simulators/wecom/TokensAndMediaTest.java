package io.kefuhub.simulators.wecom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class TokensAndMediaTest {
    private static final byte[] PNG = Arrays.copyOf(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 64);

    private Stand stand;

    @BeforeEach
    void start() throws Exception {
        stand = new Stand();
    }

    @AfterEach
    void close() {
        stand.close();
    }

    @Test
    void a_token_stays_the_same_for_two_hours_and_is_another_for_each_secret() throws Exception {
        var first = stand.token(Corp.KF_SECRET);

        assertThat(stand.token(Corp.KF_SECRET)).isEqualTo(first);
        assertThat(stand.token(Corp.APP_SECRET)).isNotEqualTo(first);
        stand.forward("PT2H1S");
        assertThat(with(first)).isEqualTo(Wrong.TOKEN_EXPIRED);
        assertThat(stand.token(Corp.KF_SECRET)).isNotEqualTo(first);
    }

    @Test
    void wrong_company_secret_and_token_have_their_own_numbers() throws Exception {
        assertThat(stand.remote
                        .get("/cgi-bin/gettoken?corpid=wwother&corpsecret=x")
                        .path("errcode")
                        .asInt())
                .isEqualTo(Wrong.CORP);
        assertThat(stand.remote
                        .get("/cgi-bin/gettoken?corpid=" + Corp.ID + "&corpsecret=x")
                        .path("errcode")
                        .asInt())
                .isEqualTo(Wrong.SECRET);
        assertThat(with("")).isEqualTo(Wrong.NO_TOKEN);
        assertThat(with("made-up")).isEqualTo(Wrong.TOKEN);
        assertThat(with(stand.token(Corp.APP_SECRET))).isEqualTo(Wrong.FORBIDDEN);
        assertThat(with(stand.token(Corp.KF_SECRET))).isZero();
    }

    @Test
    void a_token_that_expires_early_is_dead_for_every_call_until_a_new_one_is_fetched() throws Exception {
        var token = stand.token(Corp.KF_SECRET);
        stand.fault("expired-token", "{\"times\":1}");

        assertThat(with(token)).isEqualTo(Wrong.TOKEN_EXPIRED);
        assertThat(with(token)).isEqualTo(Wrong.TOKEN);
        assertThat(with(stand.token(Corp.KF_SECRET))).isZero();
        stand.act(Kf.SURFACE, Stand.CUSTOMER, "revoke-tokens", "");
        assertThat(with(token)).isEqualTo(Wrong.TOKEN);
    }

    @Test
    void faults_answer_with_the_platforms_own_numbers() throws Exception {
        var token = stand.token(Corp.KF_SECRET);
        stand.fault("busy", "{\"times\":1}");
        assertThat(with(token)).isEqualTo(Wrong.BUSY);
        stand.fault("rate-limit", "{\"times\":1}");
        assertThat(with(token)).isEqualTo(Wrong.TOO_OFTEN);
        stand.fault("address-not-trusted", "{\"times\":1}");
        assertThat(with(token)).isEqualTo(Wrong.ADDRESS);
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"text\":\"在吗\"");
        stand.fault("state-refuses", "{\"times\":1}");
        assertThat(stand.send("答").path("errcode").asInt()).isEqualTo(Wrong.KF_STATE);
        assertThat(stand.send("答").path("errcode").asInt()).isZero();
    }

    @Test
    void what_is_uploaded_can_be_fetched_for_three_days() throws Exception {
        var id = stand.upload("image", "图.png", PNG, Corp.KF_SECRET)
                .path("media_id")
                .asText();

        var fetched = fetch(id);
        assertThat(fetched.body()).isEqualTo(PNG);
        assertThat(fetched.headers().firstValue("Content-disposition").orElseThrow())
                .contains("attachment", "UTF-8''%E5%9B%BE.png");
        stand.forward("P3DT1S");
        assertThat(Json.MAPPER.readTree(fetch(id).body()).path("errcode").asInt())
                .isEqualTo(Wrong.MEDIA);
    }

    @Test
    void a_file_that_a_customer_sends_is_fetched_byte_by_byte_and_sent_back() throws Exception {
        stand.say(Kf.SURFACE, Stand.CUSTOMER, ",\"kind\":\"file\",\"name\":\"大.bin\",\"size\":3000000");
        var id = stand.pull("", "")
                .path("msg_list")
                .path(0)
                .path("file")
                .path("media_id")
                .asText();

        var bytes = fetch(id).body();
        assertThat(bytes).hasSize(3_000_000);
        var mine = stand.upload("file", "back.bin", bytes, Corp.KF_SECRET)
                .path("media_id")
                .asText();
        var sent = stand.kf("send_msg", """
                {"touser":"%s","open_kfid":"%s","msgtype":"file","file":{"media_id":"%s"}}""".formatted(Stand.CUSTOMER, Kf.firstAccount(), mine));
        assertThat(sent.path("errcode").asInt()).isZero();
        assertThat(stand.bytes(stand.simulator.address() + "/sim/media/"
                                + stand.messages(Kf.SURFACE)
                                        .path(1)
                                        .path("media")
                                        .asText())
                        .body())
                .isEqualTo(bytes);
    }

    @Test
    void uploads_are_measured_and_looked_at() throws Exception {
        var text = "no picture at all".getBytes(StandardCharsets.UTF_8);

        assertThat(code(stand.upload("image", "a.png", text, Corp.KF_SECRET))).isEqualTo(Wrong.FILE_TYPE);
        assertThat(code(stand.upload("file", "a.txt", new byte[5], Corp.KF_SECRET)))
                .isEqualTo(Wrong.FILE_SIZE);
        assertThat(code(stand.upload("hologram", "a.txt", text, Corp.KF_SECRET)))
                .isEqualTo(Wrong.MEDIA_TYPE);
        var large = Arrays.copyOf("#!AMR\n".getBytes(StandardCharsets.UTF_8), 2 * 1024 * 1024 + 1);
        assertThat(code(stand.upload("voice", "a.amr", large, Corp.APP_SECRET))).isEqualTo(Wrong.TOO_LARGE);
    }

    @Test
    void a_fetch_can_be_answered_with_json() throws Exception {
        var id = stand.upload("image", "a.png", PNG, Corp.KF_SECRET)
                .path("media_id")
                .asText();
        stand.fault("media-json", "{\"times\":1}");

        var answer = fetch(id);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-disposition")).isEmpty();
        assertThat(Json.MAPPER.readTree(answer.body()).path("errcode").asInt()).isEqualTo(Wrong.MEDIA);
    }

    private HttpResponse<byte[]> fetch(String id) throws Exception {
        return stand.bytes(stand.simulator.address() + "/cgi-bin/media/get?media_id=" + id + "&access_token="
                + stand.token(Corp.KF_SECRET));
    }

    private int with(String token) throws Exception {
        return code(stand.remote.post("/cgi-bin/kf/account/list?access_token=" + token, "{}"));
    }

    private static int code(JsonNode answer) {
        return answer.path("errcode").asInt();
    }
}
