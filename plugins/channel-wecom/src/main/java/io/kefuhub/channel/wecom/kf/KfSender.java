package io.kefuhub.channel.wecom.kf;

import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.channel.wecom.MessageIds;
import io.kefuhub.channel.wecom.Piece;
import io.kefuhub.channel.wecom.Progress;
import io.kefuhub.channel.wecom.Sequence;
import io.kefuhub.channel.wecom.Texts;
import io.kefuhub.channel.wecom.api.Api;
import io.kefuhub.channel.wecom.api.Outcomes;
import io.kefuhub.channel.wecom.api.OutgoingMedia;
import io.kefuhub.channel.wecom.api.OutgoingMedia.Uploaded;
import io.kefuhub.channel.wecom.api.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sends replies to customers in WeChat. Safe for threads. */
final class KfSender {
    static final String SEND = "/cgi-bin/kf/send_msg";

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Localized NOTHING = Localized.of("nothing in it can be sent.", "没有可发送的内容。");
    private static final Localized UNDER_WAY = Localized.of("the file is on its way to WeCom.", "文件正在上传。");
    private static final int NOT_OURS = 95018;
    private static final int FILE_UNKNOWN = 40007;
    private static final int ID_TAKEN = 40058;

    private final Api api;
    private final OutgoingMedia media;
    private final Sessions sessions;
    private final SendWindow window;
    private final Progress progress;
    private final Sequence sequence;

    KfSender(Api api, OutgoingMedia media, Sessions sessions, SendWindow window, Progress progress) {
        this.api = api;
        this.media = media;
        this.sessions = sessions;
        this.window = window;
        this.progress = progress;
        this.sequence = new Sequence(progress);
    }

    Delivered deliver(Delivery delivery) {
        var thread = KfThread.parse(delivery.thread());
        var pieces = Piece.of(delivery.parts(), Texts.LIMIT);
        if (pieces.isEmpty()) return new Delivered.Undeliverable(NOTHING);
        var before = progress.of(delivery);
        // What may have arrived was counted then.
        var left = pieces.size() - before.done() - (before.doubtful() ? 1 : 0);
        var refusal = left > 0 ? window.refusal(thread, left) : Optional.<Localized>empty();
        if (refusal.isPresent()) return new Delivered.Undeliverable(refusal.get());
        return sequence.send(
                delivery,
                before,
                pieces,
                (number, piece, doubt) -> send(thread, MessageIds.of(delivery.id(), number), piece, doubt.doubtful()));
    }

    private Delivered send(KfThread thread, String id, Piece piece, boolean doubtful) {
        return switch (piece) {
            case Piece.Words(var text) ->
                send(thread, id, Map.of("msgtype", "text", "text", Map.of("content", text)), doubtful);
            case Piece.Choice(var menu) -> send(thread, id, Menus.of(menu), doubtful);
            case Piece.Attachment attachment -> attach(thread, id, attachment, doubtful, false);
        };
    }

    private Delivered attach(KfThread thread, String id, Piece.Attachment piece, boolean doubtful, boolean anew) {
        return switch (media.upload(piece.media(), anew, PATIENCE)) {
            case Uploaded.NotYet() -> new Delivered.RetryLater(Duration.ofSeconds(2), UNDER_WAY);
            case Uploaded.Never(var words) -> new Delivered.Undeliverable(words);
            case Uploaded.Failed(var why) -> unsent(why);
            case Uploaded.Done(var type, var mediaId) -> {
                var reply = post(thread, id, Map.of("msgtype", type, type, Map.of("media_id", mediaId)));
                yield reply instanceof Reply.Refused(var code, var _, var _) && code == FILE_UNKNOWN && !anew
                        ? attach(thread, id, piece, doubtful, true)
                        : outcome(thread, reply, doubtful);
            }
        };
    }

    /** Nothing was sent as long as the file is not there. */
    private static Delivered unsent(Reply why) {
        return why instanceof Reply.NoAnswer(var _, var reason)
                ? new Delivered.RetryLater(Duration.ofSeconds(2), reason)
                : Outcomes.delivered(why);
    }

    private Delivered send(KfThread thread, String id, Map<String, Object> message, boolean doubtful) {
        return outcome(thread, post(thread, id, message), doubtful);
    }

    private Reply post(KfThread thread, String id, Map<String, Object> message) {
        var body = new HashMap<>(message);
        body.put("touser", thread.customer());
        body.put("open_kfid", thread.openKfId());
        body.put("msgid", id);
        var reply = api.post(SEND, body);
        if (!(reply instanceof Reply.Refused(var code, var _, var forToken)) || code != NOT_OURS) return reply;
        var why = sessions.reopen(thread);
        return why.<Reply>map(words -> new Reply.Refused(NOT_OURS, words, forToken))
                .orElseGet(() -> api.post(SEND, body));
    }

    private Delivered outcome(KfThread thread, Reply reply, boolean doubtful) {
        var mayHaveArrived =
                reply instanceof Reply.Ok || reply instanceof Reply.NoAnswer(var dispatched, var _) && dispatched;
        if (mayHaveArrived && !doubtful) window.sent(thread);
        return switch (reply) {
            case Reply.Ok(var body) -> new Delivered.Done(body.text("msgid", ""));
            // The id is taken by the attempt before, which arrived after all.
            case Reply.Refused(var code, var _, var _) when doubtful && code == ID_TAKEN -> new Delivered.Done("");
            default -> Outcomes.delivered(reply);
        };
    }
}
