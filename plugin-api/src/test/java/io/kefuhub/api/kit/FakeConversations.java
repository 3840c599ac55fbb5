package io.kefuhub.api.kit;

import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Contacts;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * The conversations of one channel, in memory: what customers said comes in by the {@link FakeInbox}, what the bot and
 * agents do comes from the test, and both are seen on the {@link FakeTimeline}. Safe for threads.
 *
 * <p>Followers are told from another thread, as by the hub; {@link #settle} waits until all have been told.
 */
public final class FakeConversations implements Contacts, AutoCloseable {
    private final InstantSource clock;
    private final Map<String, FakeConversation> byThread = new LinkedHashMap<>();
    private final Map<String, FakeConversation> byId = new HashMap<>();
    private final Map<String, Inbox.Accepted.Stored> stored = new HashMap<>();
    private final Map<String, Contact> labels = new LinkedHashMap<>();
    private final Map<String, Merged> merges = new HashMap<>();
    private final List<Incoming> incoming = new ArrayList<>();
    private final ExecutorService tells =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("hub").factory());
    private final FakeInbox inbox = new FakeInbox(this);
    private final FakeTimeline timeline = new FakeTimeline(this);

    public FakeConversations(InstantSource clock) {
        this.clock = clock;
    }

    public FakeInbox inbox() {
        return inbox;
    }

    public FakeTimeline timeline() {
        return timeline;
    }

    /** Every message stored, in order, each once. */
    public synchronized List<Incoming> incoming() {
        return List.copyOf(incoming);
    }

    public synchronized List<TimelineEvent> events(String conversationId) {
        return List.copyOf(conversation(conversationId).events);
    }

    public String botSays(String conversationId, String text) {
        return says(conversationId, new Author.Bot(), List.of(new Part.Text(text)), Optional.empty());
    }

    /** Says what earlier drafts announced. */
    public String botAnswers(String conversationId, String answerId, String text) {
        return says(conversationId, new Author.Bot(), List.of(new Part.Text(text)), Optional.of(answerId));
    }

    public String agentSays(String conversationId, String name, String text) {
        return says(conversationId, new Author.Agent(name), List.of(new Part.Text(text)), Optional.empty());
    }

    /** Returns the message's id. */
    public synchronized String says(String conversationId, Author author, List<Part> parts, Optional<String> answerId) {
        var conversation = conversation(conversationId);
        var entry = conversation.says(author, parts, clock.instant(), answerId);
        advanced(conversation);
        return entry.id();
    }

    public synchronized void update(String conversationId, String messageId, List<Part> parts) {
        var conversation = conversation(conversationId);
        conversation.update(messageId, parts);
        advanced(conversation);
    }

    public synchronized void change(String conversationId, Timeline.State state, String agentName) {
        var conversation = conversation(conversationId);
        conversation.change(state, agentName);
        advanced(conversation);
    }

    public synchronized void agentReads(String conversationId, long upTo) {
        var conversation = conversation(conversationId);
        conversation.agentReads(upTo);
        advanced(conversation);
    }

    public synchronized void agentTypes(String conversationId, String name, boolean on) {
        tell(conversation(conversationId), follower -> follower.typing(name, on));
    }

    public synchronized void botDrafts(String conversationId, String answerId, String text) {
        tell(conversation(conversationId), follower -> follower.draft(answerId, text));
    }

    /** Tells how it stands with an answer that is being made. */
    public synchronized void botWorks(String conversationId, Timeline.Work work) {
        tell(conversation(conversationId), follower -> follower.working(work));
    }

    /** Waits until every follower has been told of everything. */
    public void settle() {
        try {
            tells.submit(() -> {}).get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public synchronized void label(Contact contact) {
        labels.merge(contact.subject(), contact, FakeConversations::joined);
    }

    private static Contact joined(Contact known, Contact given) {
        var attributes = new HashMap<>(known.attributes());
        attributes.putAll(given.attributes());
        var name = given.name().isEmpty() ? known.name() : given.name();
        return new Contact(given.subject(), known.verified() || given.verified(), name, attributes);
    }

    /** What is known of a contact; empty when it never wrote and was never labelled. */
    public synchronized Optional<Contact> contact(String subject) {
        return Optional.ofNullable(labels.get(subject));
    }

    @Override
    public synchronized Merged merge(String anonymousThread, String customerThread, Contact customer) {
        if (!customer.verified()) throw new IllegalArgumentException("the customer is not verified");
        var first = merges.get(anonymousThread);
        if (first != null) return first;
        label(customer);
        var visitors = byThread.get(anonymousThread);
        if (visitors == null) return Merged.KEPT_APART;
        var merged = move(visitors, anonymousThread, customerThread, customer);
        merges.put(anonymousThread, merged);
        return merged;
    }

    private Merged move(FakeConversation visitors, String anonymousThread, String customerThread, Contact customer) {
        visitors.contact = customer;
        if (byThread.containsKey(customerThread)) {
            visitors.change(Timeline.State.CLOSED, "");
            advanced(visitors);
            return Merged.KEPT_APART;
        }
        byThread.remove(anonymousThread);
        byThread.put(customerThread, visitors);
        return Merged.MOVED;
    }

    synchronized Inbox.Accepted accept(Incoming message) {
        var first = stored.get(message.externalId());
        if (first != null) {
            return new Inbox.Accepted.Stored(first.messageId(), first.conversationId(), first.seq(), first.at(), true);
        }
        if (message.replyTo()
                .filter(id -> message(message.thread(), id).isEmpty())
                .isPresent()) {
            return new Inbox.Accepted.NoSuchMessage();
        }
        label(message.contact());
        var conversation = byThread.computeIfAbsent(message.thread(), _ -> new FakeConversation(message.contact()));
        byId.put(conversation.id, conversation);
        var now = clock.instant();
        var entry = conversation.hears(message, now);
        incoming.add(message);
        var result = new Inbox.Accepted.Stored(entry.id(), conversation.id, conversation.lastSeq(), now, false);
        stored.put(message.externalId(), result);
        advanced(conversation);
        return result;
    }

    synchronized Optional<TimelineEvent.Entry> message(String thread, String messageId) {
        return Optional.ofNullable(byThread.get(thread)).flatMap(conversation -> conversation.find(messageId));
    }

    synchronized void read(String thread, long upTo) {
        var conversation = byThread.get(thread);
        if (conversation == null) return;
        conversation.customerRead = Math.max(conversation.customerRead, Math.min(upTo, conversation.lastSeq()));
    }

    synchronized Optional<Timeline.Thread> find(String thread) {
        return Optional.ofNullable(byThread.get(thread)).map(FakeConversation::seen);
    }

    synchronized Timeline.Subscription follow(String conversationId, Timeline.Follower follower) {
        var conversation = conversation(conversationId);
        conversation.followers.add(follower);
        return new Following(conversation, follower, conversation.lastSeq());
    }

    private final class Following implements Timeline.Subscription {
        private final FakeConversation conversation;
        private final Timeline.Follower follower;
        private final long lastSeq;

        Following(FakeConversation conversation, Timeline.Follower follower, long lastSeq) {
            this.conversation = conversation;
            this.follower = follower;
            this.lastSeq = lastSeq;
        }

        @Override
        public long lastSeq() {
            return lastSeq;
        }

        @Override
        public void close() {
            synchronized (FakeConversations.this) {
                conversation.followers.remove(follower);
            }
        }
    }

    /** How many follow the conversation now. */
    public synchronized int followers(String conversationId) {
        return conversation(conversationId).followers.size();
    }

    private FakeConversation conversation(String id) {
        var conversation = byId.get(id);
        if (conversation == null) throw new IllegalArgumentException("no such conversation: " + id);
        return conversation;
    }

    private void advanced(FakeConversation conversation) {
        var seq = conversation.lastSeq();
        tell(conversation, follower -> follower.advanced(seq));
    }

    private void tell(FakeConversation conversation, Consumer<Timeline.Follower> what) {
        for (var follower : List.copyOf(conversation.followers)) tells.execute(() -> what.accept(follower));
    }

    @Override
    public void close() {
        tells.shutdownNow();
    }
}
