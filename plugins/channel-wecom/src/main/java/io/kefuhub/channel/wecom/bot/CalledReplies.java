package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.InstanceContext;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.bot.OneAnswer.Sent;
import io.kefuhub.channel.wecom.bot.Openings.Opening;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Hands over what is said by a bot that the platform calls: laid ready to be fetched, and what cannot be fetched is sent to
 * the address of a message. Which of the two it is gets decided once, in the store: so nothing is lost and nothing doubled.
 * Safe for threads.
 */
final class CalledReplies {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Localized USED_UP = Localized.of(
            "WeCom lets a bot with a callback answer a message for five and a half minutes, and once more within an hour. "
                    + "Both are used up until the customer writes again; a long connection has no such limit.",
            "回调方式的机器人只能在五分半钟内回复一条消息，并在一小时内再回复一次。两者均已用完，需等待用户再次发言；长连接方式没有此限制。");

    private final InstanceContext context;
    private final Growths growths;
    private final Openings openings;
    private final OneAnswer oneAnswer;
    private final Judgements judgements;
    private final Words words;
    private final Duration patience;

    /** @param patience how long the platform may take to fetch */
    CalledReplies(
            InstanceContext context,
            Growths growths,
            Openings openings,
            OneAnswer oneAnswer,
            Judgements judgements,
            Words words,
            Duration patience) {
        this.context = context;
        this.growths = growths;
        this.openings = openings;
        this.oneAnswer = oneAnswer;
        this.judgements = judgements;
        this.words = words;
        this.patience = patience;
    }

    Delivered revise(Draft draft) {
        if (draft.replyTo().isEmpty())
            return new Delivered.Undeliverable(Localized.of("it answers no message", "没有对应的用户消息"));
        var stream = Keys.of(draft.replyTo());
        var shown = growths.draft(stream, new Growing.Draft(draft.answerId(), Wording.clean(draft.text())));
        return shown
                ? new Delivered.Done(stream)
                : new Delivered.Undeliverable(Localized.of("WeCom does not fetch it any more", "企业微信已不再拉取此回复"));
    }

    Delivered deliver(Delivery delivery) throws InterruptedException {
        var content = Content.of(delivery.parts(), context);
        if (content.unfit().isPresent())
            return new Delivered.Undeliverable(content.unfit().get());
        var progress = new Progress(context.store(), delivery.id());
        if (progress.isUnknown()) return unknown();
        if (progress.done() > 0) return new Delivered.Done("");
        var all = openings.of(delivery.thread());
        for (var stream : streams(delivery, all)) {
            if (!lay(stream, delivery, content)) continue;
            endOlder(stream, delivery, all);
            growths.settle(stream);
            if (growths.awaitFetched(stream, delivery.id(), patience) || !takeBack(stream, delivery.id())) {
                judgements.name(stream, delivery.thread(), delivery.id());
                return new Delivered.Done(stream);
            }
            break;
        }
        return send(delivery, content, progress, all);
    }

    /** Where it may be fetched: where it lies already, as the answer to its own message, else to the latest. */
    private List<String> streams(Delivery delivery, List<Opening> all) {
        var streams = new LinkedHashSet<String>();
        context.store().get(place(delivery)).ifPresent(streams::add);
        var own = delivery.replyTo().isEmpty() ? "" : Keys.of(delivery.replyTo());
        if (!own.isEmpty()) streams.add(own);
        // The place of another question is left to that one's answer.
        if (all.stream()
                .anyMatch(one -> one.stream().equals(own) && !one.address().isEmpty())) {
            return List.copyOf(streams);
        }
        for (var opening : all.reversed()) streams.add(opening.stream());
        return List.copyOf(streams);
    }

    private static String place(Delivery delivery) {
        return "place:" + Keys.of(delivery.id());
    }

    /** Lays it ready there; says whether it lies there, perhaps since an earlier attempt. */
    private boolean lay(String stream, Delivery delivery, Content content) {
        var now = context.clock().instant();
        var open = growths.find(stream).filter(growing -> growing.holds(delivery.id()) || growing.isOpen(now));
        if (open.isEmpty()) return false;
        // Before it lies there, so that a repeat looks there first.
        context.store().put(place(delivery), stream, Openings.WINDOW);
        var isLast = delivery.author() instanceof Author.Bot;
        var said = new Growing.Said(delivery.id(), delivery.answerId(), content.text(), content.pictures(), false);
        return growths.change(stream, growing -> {
                    if (growing.holds(delivery.id()) || !growing.isOpen(now)) return growing;
                    return growing.fits(content.text()) ? growing.with(said, isLast) : growing;
                })
                .filter(growing -> growing.holds(delivery.id()))
                .isPresent();
    }

    /** What came before gets no answer of its own any more: its place says so, and is no longer waited at. */
    private void endOlder(String stream, Delivery delivery, List<Opening> all) {
        if (delivery.author() instanceof Author.Hub) return;
        var now = context.clock().instant();
        for (var opening : all) {
            if (opening.stream().equals(stream)) return;
            growths.change(opening.stream(), growing -> {
                if (!growing.isOpen(now)) return growing;
                if (!growing.said().isEmpty()) return growing.with(nothing(opening.stream(), ""), true);
                return growing.with(nothing(opening.stream(), words.below()), true);
            });
        }
    }

    private static Growing.Said nothing(String stream, String text) {
        return new Growing.Said("end:" + stream, "", text, List.of(), false);
    }

    /** Takes back what was not fetched, to go another way; says whether it could. */
    private boolean takeBack(String stream, String delivery) {
        return growths.change(stream, growing -> growing.wasFetched(delivery) ? growing : growing.givenUp(delivery))
                .filter(growing -> growing.wasFetched(delivery))
                .isEmpty();
    }

    private Delivered send(Delivery delivery, Content content, Progress progress, List<Opening> all) {
        if (!content.pictures().isEmpty()) {
            return new Delivered.Undeliverable(Localized.of(
                    "WeCom shows a picture only as the direct answer to a message, and none waits for one now",
                    "图片只能作为对用户消息的直接回复发送，当前没有等待回复的消息"));
        }
        var text = Wording.fit(rest(delivery, content.text()), Wording.MOST_BYTES);
        if (text.isEmpty()) return new Delivered.Done("");
        var refusal = Optional.<Localized>empty();
        for (var opening : addresses(delivery, all)) {
            if (!oneAnswer.isOurs(opening.address()) || !openings.take(delivery.thread(), opening)) continue;
            progress.begin(0);
            switch (oneAnswer.send(opening.address(), text)) {
                case Sent.Taken() -> {
                    progress.did(0);
                    return new Delivered.Done("");
                }
                case Sent.Unknown() -> {
                    return unknown();
                }
                case Sent.NotNow(var reason) -> {
                    notSent(delivery, progress, opening);
                    return new Delivered.RetryLater(PAUSE, reason);
                }
                case Sent.NotAllowed(var host) -> {
                    notSent(delivery, progress, opening);
                    return new Delivered.Misconfigured(
                            BotSettings.API.key(),
                            Localized.of(
                                    host + " may not be called; enter it as the address of WeCom",
                                    "未获准访问 " + host + "，请将其填为企业微信地址"));
                }
                case Sent.Refused(var reason) -> {
                    progress.notBegun(0);
                    refusal = Optional.of(reason);
                }
            }
        }
        return new Delivered.Undeliverable(refusal.orElse(USED_UP));
    }

    private void notSent(Delivery delivery, Progress progress, Opening opening) {
        openings.giveBack(delivery.thread(), opening);
        progress.notBegun(0);
    }

    private static Delivered unknown() {
        return new Delivered.Unknown(Ack.Silent.IN_DOUBT, false);
    }

    /** Without what was shown of it before the platform stopped fetching. */
    private String rest(Delivery delivery, String text) {
        return growths.find(delivery.replyTo().isEmpty() ? "" : Keys.of(delivery.replyTo()))
                .flatMap(Growing::over)
                .map(Growing.End::draft)
                .filter(draft -> !draft.text().isEmpty() && draft.answer().equals(delivery.answerId()))
                .map(draft -> Wording.rest(text, draft.text()))
                .orElse(text);
    }

    /** Those that may still be used: its own message's, else the oldest, which ends first. */
    private static List<Opening> addresses(Delivery delivery, List<Opening> all) {
        var own = delivery.replyTo().isEmpty() ? "" : Keys.of(delivery.replyTo());
        var usable = all.stream().filter(one -> !one.address().isEmpty());
        return usable.sorted((one, other) ->
                        Boolean.compare(other.stream().equals(own), one.stream().equals(own)))
                .toList();
    }

    /**
     * What can be said of a reply in this way.
     *
     * @param unfit why it cannot be said as it is
     */
    private record Content(String text, List<String> pictures, Optional<Localized> unfit) {
        private static final int MOST_PICTURES = 10;
        private static final long LARGEST = 10L << 20;

        static Content of(List<Part> parts, InstanceContext context) {
            var text = Wording.of(parts);
            var pictures = new ArrayList<String>();
            var size = 0L;
            for (var part : parts) {
                if (!(part instanceof Part.Media(var _, var file))) continue;
                var fits = file.mime().equals("image/png") || file.mime().equals("image/jpeg");
                size += file.size();
                if (!fits || size > LARGEST) {
                    return unfit(
                            "WeCom lets a bot with a callback show only PNG and JPG pictures, of at most 10 MB; "
                                    + "over a long connection it may send files",
                            "回调方式的机器人只能发送 PNG 和 JPG 图片，总计不超过 10 MB；长连接方式可以发送文件");
                }
                if (context.files().find(file.id()).isEmpty()) return unfit("the picture is no longer there", "图片已不存在");
                pictures.add(file.id());
            }
            if (pictures.size() > MOST_PICTURES)
                return unfit("WeCom shows at most 10 pictures at once", "一次最多发送 10 张图片");
            if (Wording.bytes(text) > Wording.MOST_BYTES)
                return unfit("it is longer than WeCom takes", "内容超过企业微信的长度限制");
            return new Content(text, pictures, Optional.empty());
        }

        private static Content unfit(String en, String zh) {
            return new Content("", List.of(), Optional.of(Localized.of(en, zh)));
        }
    }
}
