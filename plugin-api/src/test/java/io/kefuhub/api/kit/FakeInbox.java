package io.kefuhub.api.kit;

import io.kefuhub.api.Localized;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ByColleague;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An inbox in memory, which keeps what a test may want to look at. Safe for threads. */
public final class FakeInbox implements Inbox {
    private final FakeConversations conversations;
    private final ConcurrentLinkedQueue<Accepted.NotStored> refusals = new ConcurrentLinkedQueue<>();
    private final List<Typing> typings = new CopyOnWriteArrayList<>();
    private final List<Told> receipts = new CopyOnWriteArrayList<>();
    private final List<Rating> ratings = new CopyOnWriteArrayList<>();
    private final List<String> nudges = new CopyOnWriteArrayList<>();
    private final List<Revised> revisions = new CopyOnWriteArrayList<>();
    private final ConcurrentMap<String, ByColleague> colleagues = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();
    private final List<String> left = new CopyOnWriteArrayList<>();
    private final List<Refusal> shutOut = new CopyOnWriteArrayList<>();
    private volatile boolean listening;

    FakeInbox(FakeConversations conversations) {
        this.conversations = conversations;
    }

    public record Typing(String thread, boolean on) {}

    public record Told(String deliveryId, Delivered outcome) {}

    /** @param setting the one that is wrong; empty where none is */
    public record Refusal(String setting, Localized reason) {}

    /**
     * @param parts how it reads now; empty when it was taken back
     */
    public record Revised(String externalId, List<Part> parts, Instant at) {
        public boolean isTakenBack() {
            return parts.isEmpty();
        }
    }

    /**
     * @param messageId of the message that was rated; empty for the conversation
     */
    public record Rating(String thread, Optional<String> messageId, int score, String text) {}

    /** Lets the next message not be stored. */
    public void refuseNext(String reason, boolean retry) {
        refusals.add(new Accepted.NotStored(reason, retry));
    }

    @Override
    public Accepted accept(Incoming incoming) {
        var refusal = refusals.poll();
        return refusal == null ? conversations.accept(incoming) : refusal;
    }

    @Override
    public Accepted said(ByColleague message) {
        var refusal = refusals.poll();
        if (refusal != null) return refusal;
        var earlier = colleagues.putIfAbsent(message.externalId(), message);
        if (earlier == null) order.add(message.externalId());
        return new Accepted.Stored(message.externalId(), message.thread(), order.size(), message.at(), earlier != null);
    }

    /** What colleagues said elsewhere, in order, each once. */
    public List<ByColleague> saidByColleagues() {
        return order.stream().map(colleagues::get).toList();
    }

    @Override
    public void colleagueLeft(String thread) {
        left.add(thread);
    }

    /** The conversations that colleagues have left, in order. */
    public List<String> colleaguesLeft() {
        return List.copyOf(left);
    }

    @Override
    public void refused(String setting, Localized reason) {
        shutOut.add(new Refusal(setting, reason));
        listening = false;
    }

    /** How the platform refused the channel's own connection, as often as it was said. */
    public List<Refusal> shutOut() {
        return List.copyOf(shutOut);
    }

    @Override
    public void takenBack(String externalId, Instant at) {
        revise(new Revised(externalId, List.of(), at));
    }

    @Override
    public void edited(String externalId, List<Part> parts, Instant at) {
        if (parts.isEmpty()) throw new IllegalArgumentException("a message without parts");
        revise(new Revised(externalId, List.copyOf(parts), at));
    }

    private void revise(Revised revised) {
        var refusal = refusals.poll();
        if (refusal != null) throw new UnavailableException(refusal.reason());
        revisions.add(revised);
    }

    /** What was taken back or changed, in order and as often as it was said. */
    public List<Revised> revisions() {
        return List.copyOf(revisions);
    }

    @Override
    public void listening() {
        listening = true;
    }

    /** Another generation begins, and has not said yet that it listens. */
    void beginAnew() {
        listening = false;
    }

    public boolean isListening() {
        return listening;
    }

    @Override
    public void nudged(String source) {
        nudges.add(source);
    }

    /** What was said to wait, in order. */
    public List<String> nudges() {
        return List.copyOf(nudges);
    }

    @Override
    public void typing(String thread, boolean on) {
        typings.add(new Typing(thread, on));
    }

    @Override
    public void read(String thread, long upTo) {
        conversations.read(thread, upTo);
    }

    @Override
    public void receipt(String deliveryId, Delivered outcome) {
        receipts.add(new Told(deliveryId, outcome));
    }

    @Override
    public void rating(String thread, int score, String text) {
        add(new Rating(thread, Optional.empty(), score, text));
    }

    @Override
    public boolean rating(String thread, String messageId, int score, String text) {
        var told = conversations
                .message(thread, messageId)
                .filter(message -> !(message.author() instanceof Author.Customer));
        if (told.isEmpty()) return false;
        add(new Rating(thread, Optional.of(messageId), score, text));
        return true;
    }

    private void add(Rating rating) {
        if (rating.score() < 1 || rating.score() > 5) throw new IllegalArgumentException("score");
        ratings.add(rating);
    }

    public List<Typing> typings() {
        return List.copyOf(typings);
    }

    public List<Told> receipts() {
        return List.copyOf(receipts);
    }

    public List<Rating> ratings() {
        return List.copyOf(ratings);
    }
}
