package io.kefuhub.channel.wecom.api;

import io.kefuhub.api.Http;
import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.Localized;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.message.Part;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Uploads what agents send, and remembers the platform's name for it while that is good. Files are streamed. Safe for
 * threads.
 */
public final class OutgoingMedia {
    private static final long MB = 1024 * 1024;
    private static final int SHORTEST = 6;
    private static final Duration GOOD_FOR = Duration.ofDays(3).minusHours(2);

    /** The platform found no file in what was sent: so it says of a name that it stumbled over. */
    private static final Set<Integer> NO_FILE = Set.of(40004, 40009, 41005, 44001);

    private final Api api;
    private final InstanceContext context;
    private final Lasting<Uploaded> lasting;

    /** What became of bringing a file to the platform. */
    public sealed interface Uploaded {
        /** @param type what kind of message it is sent as */
        record Done(String type, String mediaId) implements Uploaded {}

        record NotYet() implements Uploaded {}

        /** The platform takes no such file. */
        record Never(Localized words) implements Uploaded {}

        record Failed(Reply why) implements Uploaded {}
    }

    public OutgoingMedia(Api api, InstanceContext context) {
        this.api = api;
        this.context = context;
        this.lasting = new Lasting<>(context.tasks());
    }

    /**
     * Uploads the file unless the platform has it.
     *
     * @param anew whether the platform no longer knows the name it gave before
     */
    public Uploaded upload(Part.Media media, boolean anew, Duration patience) {
        var file = media.file();
        if (file.size() < SHORTEST || file.size() > 20 * MB) {
            return new Uploaded.Never(Localized.of(
                    "WeCom takes files of 6 bytes to 20 MB, this one has " + file.size() + " bytes.",
                    "企业微信只接受 6 字节至 20 MB 的文件，此文件为 " + file.size() + " 字节。"));
        }
        if (context.files().find(file.id()).isEmpty()) {
            return new Uploaded.Never(Localized.of("the hub no longer has this file.", "文件已不存在。"));
        }
        var type = type(media);
        var key = "media:" + type + ":" + file.id();
        var known = anew ? Optional.<String>empty() : context.store().get(key);
        return known.<Uploaded>map(id -> new Uploaded.Done(type, id))
                .or(() -> lasting.await(key, () -> upload(type, file, key), patience))
                .orElseGet(Uploaded.NotYet::new);
    }

    /** What the platform does not take as a picture, voice or video still goes as a file. */
    private static String type(Part.Media media) {
        var mime = media.file().mime();
        var size = media.file().size();
        return switch (media.kind()) {
            case IMAGE -> Set.of("image/jpeg", "image/png").contains(mime) && size <= 10 * MB ? "image" : "file";
            case VOICE -> mime.equals("audio/amr") && size <= 2 * MB ? "voice" : "file";
            case VIDEO -> mime.equals("video/mp4") && size <= 10 * MB ? "video" : "file";
            case FILE -> "file";
        };
    }

    private Uploaded upload(String type, StoredFile file, String key) {
        var reply = api.upload(type, field(file, file.name(), file.mime()));
        if (reply instanceof Reply.Refused(var code, var _, var _) && NO_FILE.contains(code)) {
            reply = api.upload(type, field(file, FileNames.plain(file.name()), "application/octet-stream"));
        }
        if (!(reply instanceof Reply.Ok(var body))) return new Uploaded.Failed(reply);
        var mediaId = body.text("media_id", "");
        if (mediaId.isEmpty())
            return new Uploaded.Failed(
                    new Reply.NoAnswer(false, Localized.of("no media_id in the answer", "应答中没有 media_id")));
        context.store().put(key, mediaId, GOOD_FOR);
        return new Uploaded.Done(type, mediaId);
    }

    private Supplier<Http.Field> field(StoredFile file, String name, String mime) {
        return () -> {
            var content = context.files()
                    .open(file.id())
                    .orElseThrow(() -> new UnavailableException("the hub no longer has the file"));
            return new Http.Field("media", Optional.of(name), mime, content, file.size());
        };
    }
}
