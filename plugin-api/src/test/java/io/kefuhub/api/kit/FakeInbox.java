package io.kefuhub.api.kit;

import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Author;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** An inbox in memory, which keeps what a test may want to look at. Safe for threads. */
public final class FakeInbox implements Inbox {
    private final FakeConversations conversations;
    private final ConcurrentLinkedQueue<Accepted.NotStored> refusals = new ConcurrentLinkedQueue<>();
    private final List<Typing> typings = new CopyOnWriteArrayList<>();
    private final List<Told> receipts = new CopyOnWriteArrayList<>();
    private final List<Rating> ratings = new CopyOnWriteArrayList<>();
    private final List<String> nudges = new CopyOnWriteArrayList<>();
    private volatile boolean listening;

    FakeInbox(FakeConversations conversations) {
        this.conversations = conversations;
    }

    public record Typing(String thread, boolean on) {}

    public record Told(String deliveryId, Delivered outcome) {}

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
