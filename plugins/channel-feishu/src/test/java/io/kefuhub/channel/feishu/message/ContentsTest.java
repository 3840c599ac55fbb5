package io.kefuhub.channel.feishu.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentsTest {
    private static final String BOT = "ou_bot";
    private static final List<CustomerMessage.Mention> MENTIONS = List.of(
            new CustomerMessage.Mention("@_user_1", BOT, "客服"),
            new CustomerMessage.Mention("@_user_2", "ou_li", "李四"),
            new CustomerMessage.Mention("@_user_10", "ou_wang", "王五"));

    @Test
    void a_text_has_names_where_keys_stood_and_no_call_of_the_bot() {
        assertThat(pieces("text", "{\"text\":\"@_user_1 请问 @_user_2 和 @_user_10 的订单\\n  <b> & 两  个空格\"}"))
                .containsExactly(new Piece.Said("请问 @李四 和 @王五 的订单\n  <b> & 两  个空格"));
        assertThat(pieces("text", "{\"text\":\"@_all 看一下\"}")).containsExactly(new Piece.Said("@all 看一下"));
    }

    @Test
    void a_message_that_only_calls_the_bot_is_a_message() {
        assertThat(pieces("text", "{\"text\":\"@_user_1 \"}")).containsExactly(new Piece.Said("@客服"));
    }

    @Test
    void a_post_is_words_and_pictures_in_their_order() {
        var content = """
                {"title":"退货","content":[[{"tag":"text","text":"看 ","style":["bold"]},{"tag":"a","text":"这里","href":"https://a.example/x"},
                {"tag":"at","user_id":"@_user_1","user_name":"客服"},{"tag":"at","user_id":"@_user_2","user_name":"李四"}],
                [{"tag":"img","image_key":"img_1"}],[{"tag":"code_block","language":"JAVA","text":"var a;"}],[{"tag":"hr"}],
                [{"tag":"emotion","emoji_type":"SMILE"},{"tag":"md","text":"**x**"}],[{"tag":"media","file_key":"file_1","image_key":"c"}]]}""";

        assertThat(pieces("post", content))
                .containsExactly(
                        new Piece.Said("退货\n看 这里 (https://a.example/x)@李四"),
                        new Piece.Resource(Part.Media.Kind.IMAGE, "img_1", true, "image", "image"),
                        new Piece.Said("var a;\n---\n[SMILE]**x**"),
                        new Piece.Resource(Part.Media.Kind.VIDEO, "file_1", false, "video.mp4", "media"));
    }

    @Test
    void files_of_every_kind_are_named_by_their_keys() {
        assertThat(pieces("image", "{\"image_key\":\"img_1\"}"))
                .containsExactly(new Piece.Resource(Part.Media.Kind.IMAGE, "img_1", true, "image", "image"));
        assertThat(pieces("file", "{\"file_key\":\"f1\",\"file_name\":\"合同.pdf\"}"))
                .containsExactly(new Piece.Resource(Part.Media.Kind.FILE, "f1", false, "合同.pdf", "file"));
        assertThat(pieces("audio", "{\"file_key\":\"f2\",\"duration\":2000}"))
                .containsExactly(new Piece.Resource(Part.Media.Kind.VOICE, "f2", false, "voice.ogg", "audio"));
        assertThat(pieces("media", "{\"file_key\":\"f3\",\"image_key\":\"i\",\"file_name\":\"a.mp4\"}"))
                .containsExactly(new Piece.Resource(Part.Media.Kind.VIDEO, "f3", false, "a.mp4", "media"));
    }

    @Test
    void a_place_is_told_in_words_and_a_card_by_its_words() {
        assertThat(pieces("location", "{\"name\":\"南山\",\"longitude\":\"113.94\",\"latitude\":\"22.53\"}"))
                .containsExactly(new Piece.Said("📍 南山 (22.53, 113.94)"));
        assertThat(pieces("interactive", "{\"title\":\"周报\",\"elements\":[[{\"tag\":\"text\",\"text\":\"完成\"}]]}"))
                .containsExactly(new Piece.Said("周报\n完成"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sticker",
                "folder",
                "share_chat",
                "share_user",
                "hongbao",
                "vote",
                "todo",
                "calendar",
                "share_calendar_event",
                "video_chat",
                "system",
                "hologram",
                "text",
                "post",
                "image",
                "file",
                "audio",
                "media",
                "location",
                "interactive"
            })
    void what_cannot_be_shown_is_kept_by_its_type(String type) {
        assertThat(pieces(type, "{}"))
                .hasSize(1)
                .first()
                .isEqualTo(
                        type.equals("text") || type.equals("post")
                                ? new Piece.Said("@客服")
                                : type.equals("interactive") ? new Piece.Said("@客服") : new Piece.Odd(type));
    }

    @Test
    void what_is_forwarded_is_fetched_by_its_id() {
        assertThat(pieces("merge_forward", "{\"content\":\"Merged and Forwarded Message\"}"))
                .containsExactly(new Piece.Forwarded());
    }

    @Test
    void names_of_threads_are_read_as_they_were_written() {
        for (var name : List.of(
                new ThreadName("oc_1", "", ""),
                new ThreadName("oc_1", "", "ou_1"),
                new ThreadName("oc_1", "omt_1", "ou_1"),
                new ThreadName("oc_1", "omt_1", ""))) {
            assertThat(ThreadName.parse(name.toString())).isEqualTo(name);
        }
    }

    @Test
    void a_choice_is_read_only_as_it_was_signed() {
        var choices = new Choices("secret");
        var written = choices.write("oc_1/ou_1", "d1", new Part.Menu.Option("o1", "退货"));

        assertThat(choices.read(written)).contains(new Choices.Choice("oc_1/ou_1", "d1", "o1", "退货"));
        assertThat(choices.read("x" + written)).isEmpty();
        assertThat(choices.read(written.substring(0, written.length() - 2))).isEmpty();
        assertThat(choices.read("")).isEmpty();
        assertThat(new Choices("other").read(written)).isEmpty();
    }

    private static List<Piece> pieces(String type, String content) {
        var message = new CustomerMessage(
                "om_1",
                "",
                "",
                "",
                Instant.EPOCH,
                Optional.empty(),
                "oc_1",
                true,
                type,
                Json.object(content).orElseThrow(),
                MENTIONS,
                "ou_zhang",
                true);
        return Contents.of(message, new Mentions(MENTIONS, BOT));
    }
}
