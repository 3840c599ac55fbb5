package io.kefuhub.channel.feishu.reply;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.channel.feishu.api.Answer;
import io.kefuhub.channel.feishu.api.Codes;
import io.kefuhub.channel.feishu.api.FeishuApi;
import io.kefuhub.channel.feishu.api.Pacing;
import io.kefuhub.channel.feishu.api.StoredList;
import io.kefuhub.channel.feishu.api.Troubles;
import io.kefuhub.channel.feishu.message.Sayings;
import io.kefuhub.channel.feishu.message.ThreadName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that grow in a card while they are made. All that is known of a card stands in the store, and every change takes
 * its number from there, so that numbers rise over swaps and restarts and the last change is never missed. Safe for threads.
 */
public final class Growing {
    private static final Logger LOG = LoggerFactory.getLogger(Growing.class);
    private static final Duration LEFT_ALONE = Duration.ofMinutes(10);
    private static final int LARGEST = 25_000;
    private static final int LEAP = 1_000;

    private final ChannelContext context;
    private final FeishuApi api;
    private final Pacing pacing;
    private final Sayings sayings;
    private final Post post;
    private final GrownCards cards;
    private final StoredList open;
    private volatile Instant notBefore = Instant.MIN;

    public Growing(ChannelContext context, FeishuApi api, Pacing pacing, Sayings sayings) {
        this.context = context;
        this.api = api;
        this.pacing = pacing;
        this.sayings = sayings;
        this.post = new Post(api);
        this.cards = new GrownCards(context.store(), context.clock());
        this.open = new StoredList(context.store(), "cards");
    }

    /** How the answer that a delivery ends stands now. */
    sealed interface Finished {
        /** Nothing of it was shown. */
        record NotGrown() implements Finished {}

        /** Its card shows the whole of it. */
        record Shown(String message) implements Finished {}

        record Not(Delivered why) implements Finished {}
    }

    public Delivered revise(Draft draft) {
        if (draft.text().isEmpty()) return withdraw(draft.answerId());
        if (context.clock().instant().isBefore(notBefore)) return whole("cards are not taken now", "当前不接受卡片");
        if (draft.text().length() > Item.LONGEST || Cards.escaped(draft.text()).length() > LARGEST) {
            return whole("the answer is too long for a card", "回复过长，无法使用卡片");
        }
        var known = cards.find(draft.answerId());
        if (known.isEmpty()) return begin(draft);
        if (known.get().message().isEmpty()) return show(draft, known.get());
        var answer =
                change(draft.answerId(), known.get(), number -> grow(known.get().id(), draft.text(), number));
        return answer.isOk() ? new Delivered.Done(known.get().message()) : outcome(answer);
    }

    private static Delivered whole(String en, String zh) {
        return new Delivered.Undeliverable(Localized.of(en, zh));
    }

    private Delivered begin(Draft draft) {
        var answer = api.post(
                "/cardkit/v1/cards", Map.of("type", "card_json", "data", Json.write(Cards.growing(draft.text()))));
        if (!(answer instanceof Answer.Ok(var data))) return unfit(answer);
        var id = data.text("card_id", "");
        if (id.isEmpty()) return unfit(new Answer.NoAnswer(true, "its answer names no card"));
        var card = cards.make(draft.answerId(), id);
        open.add(draft.answerId());
        return show(draft, card);
    }

    /** Sends the card; a repeat is recognised by the card's id. */
    private Delivered show(Draft draft, GrownCards.Card card) {
        var thread = ThreadName.parse(draft.thread());
        var turn = pacing.passing(thread.chat());
        if (turn.later().isPresent())
            return new Delivered.RetryLater(turn.later().get(), Localized.of("the chat's limit", "会话频率限制"));
        var written = Written.card(Map.of("type", "card", "data", Map.of("card_id", card.id())));
        var answer = post.send(thread, sayings.anchor(thread, draft.replyTo()), written, "card-" + card.id());
        pacing.arrived(thread.chat(), turn);
        if (!(answer instanceof Answer.Ok(var data))) return outcome(answer);
        var message = data.text("message_id", "");
        cards.shown(draft.answerId(), message);
        return new Delivered.Done(message);
    }

    /** An app that may not make cards is not asked to for a while. */
    private Delivered unfit(Answer answer) {
        var outcome = outcome(answer);
        if (!(outcome instanceof Delivered.RetryLater)) {
            notBefore = context.clock().instant().plus(LEFT_ALONE);
            LOG.info("Answers are sent whole: {}", Troubles.of(answer).words());
        }
        return outcome;
    }

    private static Delivered outcome(Answer answer) {
        return Troubles.delivered(answer, 1);
    }

    private Answer grow(String card, String text, long number) {
        return api.put(
                "/cardkit/v1/cards/" + card + "/elements/" + Cards.ELEMENT + "/content",
                Map.of(
                        "content",
                        Cards.escaped(text),
                        "sequence",
                        number,
                        "uuid",
                        Post.shortened(card + "-" + number)));
    }

    private Answer end(String card, long number) {
        var settings = Json.write(Map.of("config", Map.of("streaming_mode", false)));
        return api.patch(
                "/cardkit/v1/cards/" + card + "/settings",
                Map.of("settings", settings, "sequence", number, "uuid", Post.shortened(card + "-" + number)));
    }

    private Answer replace(String card, String text, long number) {
        var whole = Map.of("type", "card_json", "data", Json.write(Cards.whole(text)));
        return api.put(
                "/cardkit/v1/cards/" + card,
                Map.of("card", whole, "sequence", number, "uuid", Post.shortened(card + "-" + number)));
    }

    /** Makes one change under the next number; where the platform has seen a higher one, leaps over it. */
    private Answer change(String answerId, GrownCards.Card card, LongFunction<Answer> work) {
        var later = pacing.card(card.id()).later();
        if (later.isPresent())
            return new Answer.Refused(99991400, "the card's limit", 429, "", later, Optional.empty());
        var answer = work.apply(cards.next(answerId, 1));
        return answer.isRefused(Codes.SEQUENCE) ? work.apply(cards.next(answerId, LEAP)) : answer;
    }

    /** Shows the whole text for good. Where the card cannot, it is taken back, so that the reply is sent as any other. */
    Finished finish(Delivery delivery, String text) {
        var answerId = delivery.answerId();
        var known = answerId.isEmpty() ? Optional.<GrownCards.Card>empty() : cards.find(answerId);
        if (known.isEmpty()) return new Finished.NotGrown();
        var card = known.get();
        if (card.message().isEmpty()) {
            forget(answerId);
            return new Finished.NotGrown();
        }
        if (Cards.escaped(text).length() > LARGEST) return takenBack(answerId, card, delivery.attempt());
        var last = change(answerId, card, number -> grow(card.id(), text, number));
        if (last.isOk()) last = change(answerId, card, number -> end(card.id(), number));
        if (isFinal(last)) last = change(answerId, card, number -> replace(card.id(), text, number));
        if (isFinal(last)) {
            LOG.warn("A card could not be finished: {}", Troubles.of(last).words());
            return takenBack(answerId, card, delivery.attempt());
        }
        if (!last.isOk()) return new Finished.Not(Troubles.delivered(last, delivery.attempt()));
        forget(answerId);
        return new Finished.Shown(card.message());
    }

    /** Whether trying the same again is of no use. */
    private static boolean isFinal(Answer answer) {
        return answer instanceof Answer.Refused && Troubles.delivered(answer, 1) instanceof Delivered.Undeliverable;
    }

    private Finished takenBack(String answerId, GrownCards.Card card, int attempt) {
        var answer = api.delete("/im/v1/messages/" + card.message());
        if (!answer.isOk() && !isFinal(answer)) return new Finished.Not(Troubles.delivered(answer, attempt));
        forget(answerId);
        return new Finished.NotGrown();
    }

    private Delivered withdraw(String answerId) {
        var known = cards.find(answerId);
        if (known.isEmpty()) return new Delivered.Done("");
        var card = known.get();
        if (!card.message().isEmpty()) {
            var answer = api.delete("/im/v1/messages/" + card.message());
            if (!answer.isOk() && !isFinal(answer)) return outcome(answer);
        }
        forget(answerId);
        return new Delivered.Done("");
    }

    private void forget(String answerId) {
        cards.forget(answerId);
        open.remove(answerId);
    }

    /** Ends the typing of cards whose answer never came to an end. */
    public void sweep() {
        for (var answerId : open.all()) {
            var known = cards.find(answerId);
            if (known.isPresent()
                    && known.get().at().plus(LEFT_ALONE).isAfter(context.clock().instant())) continue;
            known.ifPresent(card -> change(answerId, card, number -> end(card.id(), number)));
            open.remove(answerId);
        }
    }
}
