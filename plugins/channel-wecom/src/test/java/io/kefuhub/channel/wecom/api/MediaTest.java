package io.kefuhub.channel.wecom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kefuhub.api.StoredFile;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.PlayedWecom;
import io.kefuhub.channel.wecom.PlayedWecom.Reaction;
import io.kefuhub.channel.wecom.Rig;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MediaTest {
    private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000");
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String GET = "/cgi-bin/media/get";
    private static final String UPLOAD = "/cgi-bin/media/upload";

    private final Rig rig = new Rig();
    private final Api api = api(rig.context);
    private final IncomingMedia incoming = new IncomingMedia(api, rig.context);
    private final OutgoingMedia outgoing = new OutgoingMedia(api, rig.context);

    @AfterEach
    void close() {
        rig.close();
    }

    private Api api(ChannelContext context) {
        var platform = new Platform(rig.wecom.address());
        return new Api(platform, new Tokens(platform, new Credentials("ww1", "s3cret"), context), context);
    }

    @Test
    void a_file_comes_into_the_hub_under_its_name() {
        rig.wecom.file("m1", "attachment; filename*=UTF-8''%E5%8C%85%E8%A3%B9.png", "image/png", PNG);

        var part = incoming.take("m1", Part.Media.Kind.IMAGE, "image", LONG);

        assertThat(part).get().isInstanceOfSatisfying(Part.Media.class, media -> {
            assertThat(media.kind()).isEqualTo(Part.Media.Kind.IMAGE);
            assertThat(media.file().name()).isEqualTo("包裹.png");
            assertThat(media.file().mime()).isEqualTo("image/png");
            assertThat(media.file().size()).isEqualTo(PNG.length);
        });
    }

    @Test
    void a_file_of_json_is_a_file_and_a_refusal_in_json_is_none() {
        var json = "{\"errcode\":40007,\"errmsg\":\"mine\"}".getBytes(StandardCharsets.UTF_8);
        rig.wecom.file("m1", "attachment; filename=\"order.json\"", "application/json", json);

        assertThat(incoming.take("m1", Part.Media.Kind.FILE, "file", LONG))
                .get()
                .isInstanceOfSatisfying(
                        Part.Media.class,
                        media -> assertThat(media.file().name()).isEqualTo("order.json"));
        assertThat(incoming.take("gone", Part.Media.Kind.FILE, "file", LONG)).contains(new Part.Unsupported("file"));
    }

    @Test
    void a_file_that_cannot_be_fetched_now_is_tried_again_and_given_up_after_three_times() {
        rig.wecom.file("m1", "attachment; filename=\"a.png\"", "image/png", PNG);
        rig.wecom.next(GET, Reaction.BAD_GATEWAY, Reaction.HTML);

        assertThatThrownBy(() -> take("m1")).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> take("m1")).isInstanceOf(UnavailableException.class);
        assertThat(take("m1")).get().isInstanceOf(Part.Media.class);

        rig.wecom.next(GET, Reaction.BAD_GATEWAY, Reaction.BAD_GATEWAY, Reaction.BAD_GATEWAY);
        assertThatThrownBy(() -> take("m2")).isInstanceOf(UnavailableException.class);
        assertThatThrownBy(() -> take("m2")).isInstanceOf(UnavailableException.class);
        assertThat(take("m2")).contains(new Part.Unsupported("image"));
    }

    private Optional<Part> take(String id) {
        return incoming.take(id, Part.Media.Kind.IMAGE, "image", LONG);
    }

    @Test
    void a_file_that_takes_long_goes_on_and_is_there_when_asked_for_again() {
        var go = new CountDownLatch(1);
        rig.wecom.file("m1", new PlayedWecom.Media("attachment; filename=\"a.png\"", "image/png", () -> {
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new ByteArrayInputStream(PNG);
        }));

        assertThat(incoming.take("m1", Part.Media.Kind.IMAGE, "image", Duration.ofMillis(50)))
                .isEmpty();
        go.countDown();

        assertThat(take("m1")).get().isInstanceOf(Part.Media.class);
        assertThat(rig.wecom.seen(GET)).hasSize(1);
    }

    @Test
    void a_file_is_uploaded_once_and_its_key_is_used_until_it_expires() {
        var picture = media("包裹.png", "image/png", PNG, Part.Media.Kind.IMAGE);

        var first = outgoing.upload(picture, false, LONG);
        var second = outgoing.upload(picture, false, LONG);

        assertThat(first).isEqualTo(new OutgoingMedia.Uploaded.Done("image", "up-1"));
        assertThat(second).isEqualTo(first);
        assertThat(rig.wecom.seen(UPLOAD))
                .singleElement()
                .satisfies(call -> assertThat(call.body())
                        .contains("name=\"media\"; filename=\"包裹.png\"", "Content-Type: image/png"));

        rig.clock().move(Duration.ofDays(3));
        assertThat(outgoing.upload(picture, false, LONG)).isEqualTo(new OutgoingMedia.Uploaded.Done("image", "up-2"));
        assertThat(outgoing.upload(picture, true, LONG)).isEqualTo(new OutgoingMedia.Uploaded.Done("image", "up-3"));
    }

    @Test
    void a_name_that_the_platform_stumbles_over_is_sent_in_plain_letters() {
        rig.wecom.next(UPLOAD, Reaction.NO_FILE);

        var uploaded = outgoing.upload(media("包裹 1.pdf", "application/pdf", PNG, Part.Media.Kind.FILE), false, LONG);

        assertThat(uploaded).isInstanceOf(OutgoingMedia.Uploaded.Done.class);
        assertThat(rig.wecom.seen(UPLOAD).getLast().body()).contains("filename=\"_1.pdf\"");
    }

    @Test
    void what_the_platform_takes_as_no_picture_or_voice_goes_as_a_file_and_what_is_too_large_does_not_go() {
        assertThat(outgoing.upload(media("a.webp", "image/webp", PNG, Part.Media.Kind.IMAGE), false, LONG))
                .isInstanceOfSatisfying(
                        OutgoingMedia.Uploaded.Done.class,
                        done -> assertThat(done.type()).isEqualTo("file"));
        assertThat(outgoing.upload(media("a.ogg", "audio/ogg", PNG, Part.Media.Kind.VOICE), false, LONG))
                .isInstanceOfSatisfying(
                        OutgoingMedia.Uploaded.Done.class,
                        done -> assertThat(done.type()).isEqualTo("file"));
        assertThat(outgoing.upload(media("a.png", "image/png", new byte[5], Part.Media.Kind.IMAGE), false, LONG))
                .isInstanceOf(OutgoingMedia.Uploaded.Never.class);
        var huge = new StoredFile("f_1", "huge.zip", "application/zip", 21L * 1024 * 1024);
        assertThat(outgoing.upload(new Part.Media(Part.Media.Kind.FILE, huge), false, LONG))
                .isInstanceOf(OutgoingMedia.Uploaded.Never.class);
    }

    private Part.Media media(String name, String mime, byte[] content, Part.Media.Kind kind) {
        return new Part.Media(kind, rig.hub.files().put(name, mime, content));
    }
}
