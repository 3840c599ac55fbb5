package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.Localized;
import io.kefuhub.api.StoredFile;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.bot.Questions.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands over what is said by a bot that is connected: an answer grows in the place that its message gave it, anything else is
 * a message of its own. Safe for threads.
 */
final class ConnectedReplies {
    private static final Delivered DONE = new Delivered.Done("");
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(30);

    private final ChannelContext context;
    private final Line line;
    private final Questions questions;
    private final Uploads uploads;
    private final Judgements judgements;
    private final Offered offered;
    private final Words words;
    private final Rhythm rhythm;

    /**
     * How long is waited.
     *
     * @param answer for the platform's answer to a frame
     * @param gap between two frames of one answer
     */
    record Rhythm(Duration answer, Duration gap) {}

    ConnectedReplies(
            ChannelContext context,
            Line line,
            Questions questions,
            Uploads uploads,
            Judgements judgements,
            Offered offered,
            Words words,
            Rhythm rhythm) {
        this.context = context;
        this.line = line;
        this.questions = questions;
        this.uploads = uploads;
        this.judgements = judgements;
        this.offered = offered;
        this.words = words;
        this.rhythm = rhythm;
    }

    Delivered revise(Draft draft) throws InterruptedException {
        if (!(line.standing() instanceof Standing.Up(var link))) return Standing.notNow(line.standing());
        var found = questions.find(draft.replyTo());
        if (found.isEmpty())
            return new Delivered.Undeliverable(
                    Localized.of("WeCom takes no answer to this message any more", "企业微信不再接受对此消息的回复"));
        var question = found.get();
        var isTakenBack = draft.text().isEmpty();
        var text = isTakenBack ? words.withdrawn() : Wording.clean(draft.text());
        return switch (push(link, question, Wording.fit(text, Wording.MOST_BYTES), isTakenBack)) {
            case Ack.Taken _ -> {
                if (isTakenBack) questions.settle(question);
                yield DONE;
            }
            case Ack.Refused refused when refused.isForNow() -> new Delivered.RetryLater(SOON, refused.words());
            case Ack.Refused refused -> {
                if (refused.isExpired()) questions.settle(question);
                yield new Delivered.Undeliverable(refused.words());
            }
            // The next piece holds all of it.
            case Ack.Silent() -> new Delivered.RetryLater(SOON, Ack.Silent.REASON);
            case Ack.NotSent(var reason) -> new Delivered.RetryLater(SOON, reason);
        };
    }

    /** Shows the whole text so far. Frames of one answer go one after the other, each when the one before was answered. */
    private Ack push(Link link, Question question, String text, boolean last) throws InterruptedException {
        var shown = questions.shown(question);
        shown.lock.lockInterruptibly();
        try {
            var wait = shown.pushedAt == 0 ? 0 : shown.pushedAt + rhythm.gap().toNanos() - System.nanoTime();
            if (wait > 0) Thread.sleep(Duration.ofNanos(wait));
            var stream = new HashMap<String, Object>(Map.of("id", question.key(), "finish", last, "content", text));
            if (shown.pushedAt == 0) stream.put("feedback", Map.of("id", question.key()));
            shown.pushedAt = System.nanoTime();
            var ack = link.ask(
                    "aibot_respond_msg",
                    question.frame(),
                    Map.of("msgtype", "stream", "stream", stream),
                    rhythm.answer());
            if (ack instanceof Ack.Taken) shown.text = text;
            if (last) shown.unsure |= ack instanceof Ack.Silent;
            return ack;
        } finally {
            shown.lock.unlock();
        }
    }

    /** One message to be shown. */
    private sealed interface Step {
        record Say(String text) implements Step {}

        record Show(StoredFile file) implements Step {}

        record Offer(Part.Menu menu) implements Step {}
    }

    private static List<Step> steps(Delivery delivery) {
        var steps = new ArrayList<Step>();
        var words = delivery.parts().stream().filter(part -> !isCard(part)).toList();
        for (var piece : Wording.pieces(Wording.of(words))) steps.add(new Step.Say(piece));
        for (var part : delivery.parts()) {
            if (part instanceof Part.Media(var _, var file)) steps.add(new Step.Show(file));
            if (part instanceof Part.Menu menu && isCard(menu)) steps.add(new Step.Offer(menu));
        }
        return steps;
    }

    private static boolean isCard(Part part) {
        return part instanceof Part.Menu menu && Card.fits(menu);
    }

    Delivered deliver(Delivery delivery) throws InterruptedException {
        var progress = new Progress(context.store(), delivery.id());
        if (progress.isUnknown()) return unknown();
        var steps = steps(delivery);
        if (progress.done() == 0 && !steps.isEmpty() && !(steps.getFirst() instanceof Step.Say)) close(delivery);
        for (var at = progress.done(); at < steps.size(); at++) {
            if (!(line.standing() instanceof Standing.Up(var link))) return Standing.notNow(line.standing());
            var outcome = switch (steps.get(at)) {
                case Step.Say(var text) ->
                    at == 0 ? answer(link, delivery, text, progress) : say(link, delivery, text, progress, at);
                case Step.Offer(var menu) -> offer(link, delivery, menu, progress, at);
                case Step.Show(var file) -> show(link, delivery, file, progress, at);
            };
            if (!(outcome instanceof Delivered.Done)) return outcome;
            progress.did(at);
        }
        return DONE;
    }

    /** Lets what was shown of an answer stand that ends without words: its place is not waited at any longer. */
    private void close(Delivery delivery) throws InterruptedException {
        var found = questions.find(delivery.replyTo());
        if (found.isEmpty() || !(line.standing() instanceof Standing.Up(var link))) return;
        var shown = questions.shown(found.get()).text;
        if (!shown.isEmpty() && push(link, found.get(), shown, true) instanceof Ack.Taken)
            questions.settle(found.get());
    }

    /** Says it in the place of the message that it answers, else as a message of its own. */
    private Delivered answer(Link link, Delivery delivery, String text, Progress progress) throws InterruptedException {
        var found = delivery.author() instanceof Author.Bot
                ? questions.find(delivery.replyTo())
                : Optional.<Question>empty();
        if (found.isEmpty()) return say(link, delivery, rest(delivery, text), progress, 0);
        var question = found.get();
        return switch (push(link, question, text, true)) {
            case Ack.Taken _ -> {
                questions.settle(question);
                judgements.name(question.key(), delivery.thread(), delivery.id());
                yield DONE;
            }
            case Ack.Refused refused when refused.isForNow() -> new Delivered.RetryLater(LATER, refused.words());
            case Ack.Refused _ -> apart(link, delivery, question, text, progress);
            // It may be said again: the platform shows it in the same place.
            case Ack.Silent() -> new Delivered.Unknown(Ack.Silent.REASON, true);
            case Ack.NotSent(var reason) -> new Delivered.RetryLater(SOON, reason);
        };
    }

    /** Its place is gone: what was not shown of it becomes a message of its own, unless all may have been shown. */
    private Delivered apart(Link link, Delivery delivery, Question question, String text, Progress progress)
            throws InterruptedException {
        questions.settle(question);
        if (questions.shown(question).unsure) return unknown();
        return say(link, delivery, rest(delivery, text), progress, 0);
    }

    private String rest(Delivery delivery, String text) {
        if (delivery.replyTo().isEmpty() || delivery.answerId().isEmpty()) return text;
        return Wording.rest(text, questions.shown(Keys.of(delivery.replyTo())).text);
    }

    private Delivered say(Link link, Delivery delivery, String text, Progress progress, int step)
            throws InterruptedException {
        if (text.isEmpty()) return DONE;
        return send(link, delivery, Map.of("msgtype", "markdown", "markdown", Map.of("content", text)), progress, step);
    }

    private Delivered show(Link link, Delivery delivery, StoredFile file, Progress progress, int step)
            throws InterruptedException {
        return switch (uploads.upload(file)) {
            case Uploads.Uploaded.Never(var reason) -> new Delivered.Undeliverable(reason);
            case Uploads.Uploaded.NotYet(var reason) -> new Delivered.RetryLater(SOON, reason);
            case Uploads.Uploaded.Done(var mediaId, var type) -> {
                var body = Map.<String, Object>of("msgtype", type, type, Map.of("media_id", mediaId));
                var sent = send(link, delivery, body, progress, step);
                // Perhaps the platform has lost it: it is brought again should this be tried again.
                if (sent instanceof Delivered.Undeliverable) uploads.forget(file);
                yield sent;
            }
        };
    }

    /** As a card, or in lines where the platform does not take the card. */
    private Delivered offer(Link link, Delivery delivery, Part.Menu menu, Progress progress, int step)
            throws InterruptedException {
        var task = Keys.of(delivery.id() + step);
        offered.keep(task, menu);
        var sent = send(link, delivery, Card.of(menu, task), progress, step);
        return sent instanceof Delivered.Undeliverable
                ? say(link, delivery, Wording.lines(menu), progress, step)
                : sent;
    }

    /** A message of its own, which the platform would show twice. */
    private Delivered send(Link link, Delivery delivery, Map<String, Object> message, Progress progress, int step)
            throws InterruptedException {
        var body = new HashMap<>(message);
        body.put("chatid", Origin.chat(delivery.thread()));
        progress.begin(step);
        var ack = link.ask("aibot_send_msg", Link.newId(), body, rhythm.answer());
        if (ack instanceof Ack.Refused || ack instanceof Ack.NotSent) progress.notBegun(step);
        return switch (ack) {
            case Ack.Taken _ -> DONE;
            case Ack.Refused refused when refused.isForNow() -> new Delivered.RetryLater(LATER, refused.words());
            case Ack.Refused refused -> new Delivered.Undeliverable(refused.words());
            case Ack.Silent() -> unknown();
            case Ack.NotSent(var reason) -> new Delivered.RetryLater(SOON, reason);
        };
    }

    private static Delivered unknown() {
        return new Delivered.Unknown(Ack.Silent.IN_DOUBT, false);
    }
}
