package io.kefuhub.core.answering;

import static io.kefuhub.core.plugin.Waits.until;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.Response;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.Events;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.delivery.Chunks;
import io.kefuhub.core.delivery.Drafts;
import io.kefuhub.core.delivery.Replies;
import io.kefuhub.core.delivery.Signs;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Foreign;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Slot;
import io.kefuhub.core.telemetry.Metrics;
import io.kefuhub.core.translation.Interpreter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Lanes and turns over a database of their own, with one channel and nobody behind it. */
final class AnsweringFixture implements AutoCloseable {
    static final Duration NEVER = Duration.ofHours(1);

    /** Who is told to end does so within this even where the machine is held up. */
    static final Duration LEAVE = Duration.ofSeconds(10);

    /** Nothing happens by the clock. */
    static final TurnTimes PATIENT = new TurnTimes(8, Duration.ZERO, NEVER, NEVER, NEVER, NEVER, NEVER, NEVER, LEAVE);

    final ConversationFixture talk = new ConversationFixture();
    final Contributions contributions = new Contributions();
    final Guard guard = new Guard();
    final List<Presence> presences = new CopyOnWriteArrayList<>();
    final TurnParts parts;
    final Lanes lanes;

    AnsweringFixture() {
        this(PATIENT, Abilities.readFromTimeline(4_000, new Abilities.Streaming.Live(1_000)), List.of());
    }

    AnsweringFixture(TurnTimes times, Abilities abilities, List<Part.Menu.Option> candidates) {
        talk.presences.subscribe(presences::add);
        Slot<Channel> channel = Slot.of(Kind.CHANNEL, "wk_test", new Able(abilities));
        var filters = new FilterChain(contributions, guard);
        var replies = new Replies(talk.journal, filters, talk.ids, _ -> Optional.of(abilities), Interpreter.NOBODY);
        parts = new TurnParts(
                filters,
                Interpreter.NOBODY,
                new Responders(contributions, guard),
                replies,
                new Drafts(
                        filters,
                        guard,
                        _ -> Optional.of(channel),
                        talk.presences,
                        new Chunks(talk.database, talk.journal, filters, talk.ids, replies),
                        () -> {}),
                new Signs(talk.presences, replies, _ -> Optional.of(channel), guard),
                new Customers(talk.database, _ -> new Customers.Names("main", "web")),
                new Histories(talk.database),
                _ -> candidates,
                Sentences.USUAL,
                () -> times,
                new AnswerMetrics(new Metrics()),
                Clock.systemUTC());
        lanes = new Lanes(new Turns(parts), talk.database);
    }

    /** Takes turns of what is said from now on. */
    AnsweringFixture listening() {
        talk.journal.listen(lanes::committed);
        return this;
    }

    private record Able(Abilities abilities) implements Channel {
        @Override
        public Delivered deliver(Delivery delivery) {
            throw new IllegalStateException("nobody hands over here");
        }
    }

    /** Asked in the order in which they are added. */
    void responder(String name, Responder responder) {
        contributions.replace(Foreign.slot(Kind.RESPONDER, name, Foreign.version("1"), responder, NEVER));
    }

    /** One of the hub's own, which takes long. */
    void ownResponder(String name, Responder responder) {
        contributions.replace(Slot.of(Kind.RESPONDER, name, responder));
    }

    /** Says something; returns the conversation as it stands then. */
    Conversation says(String customer, String text) {
        return talk.says(customer, customer + ":" + UUID.randomUUID(), text)
                .join()
                .conversation();
    }

    void takesOver(Conversation conversation) {
        enters(conversation, Mode.AGENT, Optional.of(new Assignee(UUID.randomUUID(), "Li")));
    }

    void enters(Conversation conversation, Mode mode, Optional<Assignee> agent) {
        talk.journal
                .write(conversation.id(), Step.of(page -> {
                    page.enter(mode, agent);
                    return true;
                }))
                .join();
    }

    Conversation now(Conversation conversation) {
        return talk.database
                .read(db -> new Conversations().find(db, conversation.id()))
                .orElseThrow();
    }

    /** What was said in a conversation by anybody, seen by the customer or not. */
    List<StoredMessage> said(Conversation conversation) {
        return talk.database.read(db -> new Events().after(db, conversation.id(), 0, 500)).stream()
                .flatMap(event ->
                        event.body() instanceof EventBody.Said(var message) ? Stream.of(message) : Stream.empty())
                .toList();
    }

    List<StoredMessage> saidBy(Speaker.Kind speaker, Conversation conversation) {
        return said(conversation).stream()
                .filter(message -> message.speaker().kind() == speaker)
                .toList();
    }

    /** Waits until the bot has said so much, discarded or not. */
    List<StoredMessage> replies(Conversation conversation, int count) {
        until(() -> saidBy(Speaker.Kind.BOT, conversation).size() >= count);
        return saidBy(Speaker.Kind.BOT, conversation);
    }

    List<String> drafts(Conversation conversation) {
        return presences.stream()
                .filter(presence -> presence.conversation().equals(conversation.id()))
                .flatMap(presence ->
                        presence instanceof Presence.Drafted(var _, var _, var text) ? Stream.of(text) : Stream.empty())
                .toList();
    }

    List<Presence.Working> working() {
        return presences.stream()
                .flatMap(presence -> presence instanceof Presence.Working working ? Stream.of(working) : Stream.empty())
                .toList();
    }

    List<MessageState> questions(Conversation conversation) {
        return talk.database.read(db -> db.createQuery(
                        "select state from message where author = 'CUSTOMER' and id in (select message_id from event"
                                + " where conversation_id = :id) order by at")
                .bind("id", conversation.id().value())
                .mapTo(MessageState.class)
                .list());
    }

    static Response answer(String text) {
        return new Response.Answer(
                List.of(new Part.Text(text)), new Response.Source("model", "m", "a model", 1, "because"));
    }

    @Override
    public void close() {
        lanes.close();
        guard.close();
        talk.close();
    }
}
