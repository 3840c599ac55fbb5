package io.kefuhub.channel.feishu.reply;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.Localized;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.feishu.api.Media;
import io.kefuhub.channel.feishu.api.Troubles;
import io.kefuhub.channel.feishu.message.Choices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes messages of the platform, uploading what belongs to them. Safe for threads; waits. */
final class Composing {
    private final Media media;
    private final Choices choices;

    Composing(Media media, Choices choices) {
        this.media = media;
        this.choices = choices;
    }

    /** What came of it. */
    sealed interface Composed {
        /** @param otherwise what is sent where the platform does not take the first; the same when there is no other way */
        record Ready(Written first, Written otherwise) implements Composed {}

        record Not(Delivered why) implements Composed {}
    }

    Composed compose(Item item, String thread, String delivery, int attempt) {
        return switch (item) {
            case Item.Words(var text) -> new Composed.Ready(Written.words(text), Written.escaped(text));
            case Item.Menu(var menu) ->
                new Composed.Ready(Written.card(Cards.menu(menu, thread, delivery, choices)), Written.numbered(menu));
            case Item.File(var one) -> file(one, attempt);
            case Item.Mixed(var parts) -> mixed(parts, attempt);
        };
    }

    private Composed mixed(List<Part> parts, int attempt) {
        var lines = new ArrayList<Object>();
        for (var part : parts) {
            if (part instanceof Part.Text(var text)) lines.addAll(Written.lines(text));
            if (!(part instanceof Part.Media(var _, var file))) continue;
            var sent = media.picture(file);
            if (!(sent instanceof Media.Sent.Key(var key))) return not(sent, file, attempt);
            lines.add(List.of(Map.of("tag", "img", "image_key", key)));
        }
        var post = Written.post(lines);
        return new Composed.Ready(post, post);
    }

    private Composed file(Part.Media one, int attempt) {
        var file = one.file();
        return switch (one.kind()) {
            case IMAGE -> ready("image", "image_key", media.picture(file), file, attempt);
            case VOICE ->
                file.mime().equals("audio/ogg")
                        ? ready("audio", "file_key", media.file(file, "opus"), file, attempt)
                        : ready("file", "file_key", media.file(file, type(file)), file, attempt);
            case VIDEO -> film(file, attempt);
            case FILE -> ready("file", "file_key", media.file(file, type(file)), file, attempt);
        };
    }

    /** A film that is not taken as such goes as a file, which is another upload. */
    private Composed film(StoredFile file, int attempt) {
        if (!file.mime().equals("video/mp4"))
            return ready("file", "file_key", media.file(file, "stream"), file, attempt);
        return ready("media", "file_key", media.file(file, "mp4"), file, attempt);
    }

    private static String type(StoredFile file) {
        return switch (file.mime()) {
            case "application/pdf" -> "pdf";
            case "application/msword", "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ->
                "doc";
            case "application/vnd.ms-excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" ->
                "xls";
            case "application/vnd.ms-powerpoint",
                    "application/vnd.openxmlformats-officedocument.presentationml.presentation" -> "ppt";
            default -> "stream";
        };
    }

    private static Composed ready(String type, String name, Media.Sent sent, StoredFile file, int attempt) {
        if (!(sent instanceof Media.Sent.Key(var key))) return not(sent, file, attempt);
        var written = new Written(type, Json.write(Map.of(name, key)));
        return new Composed.Ready(written, written);
    }

    private static Composed not(Media.Sent sent, StoredFile file, int attempt) {
        return new Composed.Not(
                switch (sent) {
                    case Media.Sent.Key _ -> throw new IllegalArgumentException("it was sent");
                    case Media.Sent.Gone() ->
                        new Delivered.Undeliverable(Localized.of("the hub does not have this file any more", "文件已不存在"));
                    case Media.Sent.TooLarge(var limit) ->
                        new Delivered.Undeliverable(Localized.of(
                                file.name() + " is larger than the platform takes (" + (limit >> 20) + " MB)",
                                file.name() + " 超过平台上限（" + (limit >> 20) + " MB）"));
                    case Media.Sent.Not(var why) -> {
                        var outcome = Troubles.delivered(why, attempt);
                        // An upload shows nothing to anybody, so it may always be repeated.
                        yield outcome instanceof Delivered.Unknown(var reason, var _)
                                ? new Delivered.RetryLater(Duration.ofSeconds(1), reason)
                                : outcome;
                    }
                });
    }
}
