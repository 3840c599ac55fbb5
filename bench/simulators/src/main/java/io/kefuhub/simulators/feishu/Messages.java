package io.kefuhub.simulators.feishu;

import io.kefuhub.simulators.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** All messages of all chats, oldest first, and what became of them. Safe for threads. */
final class Messages {
    static final Duration SAME_UUID = Duration.ofHours(1);
    static final Duration RECALLABLE = Duration.ofHours(24);
    static final Duration CARD_CHANGES = Duration.ofDays(14);
    static final int MOST_EDITS = 20;

    private final InstantSource clock;
    private final Ids ids;
    private final Map<String, Posted> messages = new LinkedHashMap<>();
    private final Map<String, Once> sent = new LinkedHashMap<>();

    private record Once(String message, Instant at) {}

    /** What is posted, before it has an id and a time. */
    record Draft(
            String chat,
            Posted.Origin origin,
            Posted.Quote quote,
            String type,
            String content,
            List<Posted.Mention> mentions,
            List<String> children) {}

    Messages(InstantSource clock, Ids ids) {
        this.clock = clock;
        this.ids = ids;
    }

    synchronized Posted post(Draft draft) {
        var now = clock.instant();
        var state = new Posted.State(now, 0, false, false, List.of());
        var message = new Posted(
                "om_" + ids.hex(32),
                draft.chat(),
                draft.origin(),
                draft.quote(),
                draft.type(),
                draft.content(),
                draft.mentions(),
                draft.children(),
                now,
                state);
        messages.put(message.id(), message);
        return message;
    }

    /** What the same uuid posted within the last hour. */
    synchronized Optional<Posted> sentAs(String uuid) {
        var once = sent.get(uuid);
        if (uuid.isEmpty() || once == null) return Optional.empty();
        if (!clock.instant().isBefore(once.at().plus(SAME_UUID))) return Optional.empty();
        return find(once.message());
    }

    /** Posts, unless this uuid did within the last hour: then what was posted by it is the answer. */
    synchronized Posted postOnce(String uuid, Draft draft) {
        var before = sentAs(uuid);
        if (before.isPresent()) return before.get();
        var message = post(draft);
        if (!uuid.isEmpty()) sent.put(uuid, new Once(message.id(), message.created()));
        return message;
    }

    synchronized Optional<Posted> find(String id) {
        return Optional.ofNullable(messages.get(id));
    }

    /** A message that is still there for the bot to change, answer or mark. */
    synchronized Posted present(String id) {
        var message = messages.get(id);
        if (message == null) throw Code.MESSAGE_GONE.refusal();
        if (message.state().withdrawn()) throw Code.REPLY_WITHDRAWN.refusal();
        return message;
    }

    synchronized List<Posted> all() {
        return List.copyOf(messages.values());
    }

    synchronized List<Posted> in(String chat) {
        return messages.values().stream()
                .filter(message -> message.chat().equals(chat))
                .toList();
    }

    /** Text or post of the bot's own, at most twenty times. */
    synchronized Posted edit(String id, String type, String content) {
        var message = own(id);
        if (!message.type().equals(type) || type.equals("interactive")) throw Code.PARAMETER_WRONG.refusal("msg_type");
        if (message.state().edits() >= MOST_EDITS) throw Code.EDITS_EXHAUSTED.refusal();
        return change(id, old -> old.edited(content, clock.instant()));
    }

    /** A card of the bot's own that said it may change, for 14 days. */
    synchronized Posted patch(String id, String card) {
        var message = own(id);
        if (!message.type().equals("interactive")) throw Code.PARAMETER_WRONG.refusal("not a card");
        if (clock.instant().isAfter(message.created().plus(CARD_CHANGES))) throw Code.CARD_TOO_OLD.refusal();
        if (!shared(message.content()) || !shared(card)) {
            throw Code.PARAMETER_WRONG.refusal("config.update_multi of the card is not true");
        }
        return change(id, old -> old.edited(card, clock.instant()));
    }

    /** Cards of schema 2.0 are shared unless they say otherwise, older ones only when they say so. */
    private static boolean shared(String card) {
        var node = Trees.object(card).orElseGet(Json::object);
        if (node.path("type").asText().equals("template")) return true;
        var newer = node.path("schema").asText().equals("2.0");
        return node.path("config").path("update_multi").asBoolean(newer);
    }

    synchronized Posted recall(String id) {
        var message = messages.get(id);
        if (message == null) throw Code.MESSAGE_GONE.refusal();
        if (message.state().withdrawn()) throw Code.REPLY_WITHDRAWN.refusal();
        if (!message.origin().bot()) throw Code.RECALL_REFUSED.refusal();
        if (clock.instant().isAfter(message.created().plus(RECALLABLE))) throw Code.RECALL_REFUSED.refusal();
        return withdraw(id);
    }

    synchronized Posted withdraw(String id) {
        return change(id, old -> old.withdrawn(clock.instant()));
    }

    synchronized Posted read(String id) {
        return change(id, Posted::read);
    }

    synchronized Posted rewrite(String id, String content) {
        return change(id, old -> old.edited(content, clock.instant()));
    }

    synchronized Posted.Reaction react(String id, String emoji, Posted.Origin by) {
        if (!emoji.matches("[A-Za-z0-9_]{1,40}")) throw Code.REACTION_WRONG.refusal();
        var message = present(id);
        for (var reaction : message.state().reactions()) {
            if (reaction.emoji().equals(emoji) && reaction.by().equals(by)) return reaction;
        }
        var reaction = new Posted.Reaction(ids.hex(40), emoji, by, clock.instant());
        var all = new ArrayList<>(message.state().reactions());
        all.add(reaction);
        change(id, old -> old.reactions(all));
        return reaction;
    }

    /** Only who put a reaction takes it away. */
    synchronized Posted.Reaction unreact(String id, String reactionId, Posted.Origin by) {
        var message = messages.get(id);
        if (message == null) throw Code.MESSAGE_GONE.refusal();
        for (var reaction : message.state().reactions()) {
            if (!reaction.id().equals(reactionId) || !reaction.by().equals(by)) continue;
            var rest = new ArrayList<>(message.state().reactions());
            rest.remove(reaction);
            change(id, old -> old.reactions(rest));
            return reaction;
        }
        throw Code.REACTION_UNKNOWN.refusal();
    }

    private Posted own(String id) {
        var message = present(id);
        if (!message.origin().bot()) throw Code.NOT_THE_SENDER.refusal();
        return message;
    }

    private Posted change(String id, UnaryOperator<Posted> how) {
        var old = messages.get(id);
        if (old == null) throw Code.MESSAGE_GONE.refusal();
        var next = how.apply(old);
        messages.put(id, next);
        return next;
    }

    /** A name for a thread of its own. */
    String newThread() {
        return "omt_" + ids.hex(16);
    }
}
