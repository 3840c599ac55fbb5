package io.kefuhub.channel.wecom.app;

import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sends replies to members of the corp. Safe for threads. */
final class AppSender {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Localized NOTHING = Localized.of("nothing in it can be sent.", "没有可发送的内容。");
    private static final Localized UNDER_WAY = Localized.of("the file is on its way to WeCom.", "文件正在上传。");
    private static final int FILE_UNKNOWN = 40007;
    private static final long LONGEST_INTERVAL = Duration.ofHours(4).toSeconds();

    private final AppSettings settings;
    private final Api api;
    private final OutgoingMedia media;
    private final Progress progress;
    private final Sequence sequence;
    private final Pace pace;
    private final InstantSource clock;

    AppSender(AppSettings settings, Api api, OutgoingMedia media, Progress progress, InstantSource clock) {
        this.settings = settings;
        this.api = api;
        this.media = media;
        this.progress = progress;
        this.sequence = new Sequence(progress);
        this.pace = new Pace(clock);
        this.clock = clock;
    }

    Delivered deliver(Delivery delivery) {
        var pieces = pieces(delivery.parts());
        if (pieces.isEmpty()) return new Delivered.Undeliverable(NOTHING);
        var markdown = settings.markdown() && delivery.author() instanceof Author.Bot;
        return sequence.send(delivery, progress.of(delivery), pieces, (number, piece, doubt) -> {
            var wait = pace.take(delivery.thread());
            if (wait.isPositive()) {
                return new Delivered.RetryLater(
                        wait,
                        Localized.of(
                                "WeCom shows a member 30 messages of an app a minute.", "每分钟最多向同一成员发送 30 条消息，稍后继续。"));
            }
            var taskId = MessageIds.of(delivery.id(), number);
            return send(new Addressed(delivery.thread(), taskId, markdown, doubt), piece);
        });
    }

    private record Addressed(String member, String taskId, boolean markdown, Progress.State doubt) {}

    private static List<Piece> pieces(List<Part> parts) {
        var shown = new ArrayList<Part>();
        for (var part : parts) {
            shown.add(part instanceof Part.Menu menu && !Cards.fits(menu) ? new Part.Text(Cards.lines(menu)) : part);
        }
        return Piece.of(shown, Texts.LIMIT);
    }

    private Delivered send(Addressed to, Piece piece) {
        return switch (piece) {
            case Piece.Words(var text) ->
                outcome(to, post(to, to.markdown ? "markdown" : "text", Map.of("content", text)));
            case Piece.Choice(var menu) -> outcome(to, post(to, "template_card", Cards.of(menu, to.taskId)));
            case Piece.Attachment attachment -> attach(to, attachment, false);
        };
    }

    private Delivered attach(Addressed to, Piece.Attachment piece, boolean anew) {
        return switch (media.upload(piece.media(), anew, PATIENCE)) {
            case Uploaded.NotYet() -> new Delivered.RetryLater(SOON, UNDER_WAY);
            case Uploaded.Never(var words) -> new Delivered.Undeliverable(words);
            case Uploaded.Failed(Reply.NoAnswer(var _, var reason)) -> new Delivered.RetryLater(SOON, reason);
            case Uploaded.Failed(var why) -> Outcomes.delivered(why);
            case Uploaded.Done(var type, var mediaId) -> {
                var reply = post(to, type, Map.of("media_id", mediaId));
                yield reply instanceof Reply.Refused(var code, var _, var _) && code == FILE_UNKNOWN && !anew
                        ? attach(to, piece, true)
                        : outcome(to, reply);
            }
        };
    }

    private Reply post(Addressed to, String type, Map<String, ?> content) {
        var body = new HashMap<String, Object>();
        body.put("touser", to.member);
        body.put("msgtype", type);
        body.put("agentid", settings.agentId());
        body.put(type, content);
        if (to.doubt.doubtful()) {
            // Compares contents, so that it would swallow what is meant to be said twice: only where it may have
            // arrived.
            var since = Duration.between(to.doubt.since(), clock.instant()).toSeconds() + 120;
            body.put("enable_duplicate_check", 1);
            body.put("duplicate_check_interval", Math.min(Math.max(since, 1_800), LONGEST_INTERVAL));
        }
        return api.post("/cgi-bin/message/send", body);
    }

    /** The platform calls it well done even when nobody got it. */
    private static Delivered outcome(Addressed to, Reply reply) {
        if (!(reply instanceof Reply.Ok(var body))) return Outcomes.delivered(reply);
        var invalid = Arrays.asList(body.text("invaliduser", "").split("\\|"));
        var unlicensed = Arrays.asList(body.text("unlicenseduser", "").split("\\|"));
        if (invalid.stream().anyMatch(to.member::equalsIgnoreCase)) {
            return new Delivered.Undeliverable(
                    Localized.of("this member does not exist or may not see the app.", "该成员不存在或不在应用可见范围内。"));
        }
        if (unlicensed.stream().anyMatch(to.member::equalsIgnoreCase)) {
            return new Delivered.Undeliverable(
                    Localized.of("this member has no licence for the app.", "该成员没有该应用的接口许可。"));
        }
        return new Delivered.Done(body.text("msgid", ""));
    }
}
