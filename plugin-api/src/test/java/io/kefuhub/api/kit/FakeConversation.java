package io.kefuhub.api.kit;

import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import io.kefuhub.api.channel.TimelineEvent.Entry;
import io.kefuhub.api.channel.TimelineEvent.Quote;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** One conversation in memory. Guarded by its {@link FakeConversations}. */
final class FakeConversation {
    final String id = "c_" + UUID.randomUUID().toString().replace("-", "");
    final List<TimelineEvent> events = new ArrayList<>();
    final List<Timeline.Follower> followers = new ArrayList<>();
    Contact contact;
    Timeline.State state = Timeline.State.BOT;
    long customerRead;

    FakeConversation(Contact contact) {
        this.contact = contact;
    }

    long lastSeq() {
        return events.size();
    }

    Entry hears(Incoming incoming, Instant now) {
        var quote = incoming.replyTo().flatMap(this::find).map(FakeConversation::quote);
        return add(new Entry(
                newId(),
                new Author.Customer(),
                now,
                incoming.parts(),
                Optional.of(incoming.externalId()),
                Optional.empty(),
                quote));
    }

    Entry says(Author author, List<Part> parts, Instant now, Optional<String> answerId) {
        return add(new Entry(newId(), author, now, parts, Optional.empty(), answerId, Optional.empty()));
    }

    private static String newId() {
        return "m_" + UUID.randomUUID().toString().replace("-", "");
    }

    private static Quote quote(Entry entry) {
        return new Quote(entry.id(), entry.author(), new Message(entry.parts()).text());
    }

    private Entry add(Entry entry) {
        events.add(new TimelineEvent.MessageAdded(lastSeq() + 1, entry));
        return entry;
    }

    Optional<Entry> find(String messageId) {
        return events.stream()
                .filter(TimelineEvent.MessageAdded.class::isInstance)
                .map(event -> ((TimelineEvent.MessageAdded) event).message())
                .filter(message -> message.id().equals(messageId))
                .findFirst();
    }

    void update(String messageId, List<Part> parts) {
        var entry = find(messageId).orElseThrow();
        var changed = new Entry(
                entry.id(), entry.author(), entry.at(), parts, entry.externalId(), entry.answerId(), entry.replyTo());
        events.add(new TimelineEvent.MessageUpdated(lastSeq() + 1, changed));
    }

    void change(Timeline.State to, String agentName) {
        state = to;
        events.add(new TimelineEvent.StateChanged(lastSeq() + 1, to, agentName));
    }

    void agentReads(long upTo) {
        events.add(new TimelineEvent.ReadByAgent(lastSeq() + 1, upTo));
    }

    Timeline.Thread seen() {
        var unread = events.stream()
                .filter(event -> event.seq() > customerRead
                        && event instanceof TimelineEvent.MessageAdded(var _, var message)
                        && !(message.author() instanceof Author.Customer))
                .count();
        return new Timeline.Thread(id, lastSeq(), state, customerRead, (int) unread);
    }
}
