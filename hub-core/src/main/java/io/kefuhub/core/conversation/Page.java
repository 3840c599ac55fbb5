package io.kefuhub.core.conversation;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.audit.AuditEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A locked conversation while the {@link Journal} writes in it: gives numbers to events and remembers what to store.
 * Used by the writer's thread only.
 */
public final class Page {
    private static final int LAST_TEXT = 200;

    private final Conversation.Place place;
    private final ConversationId id;
    private final Instant openedAt;
    private final Instant now;
    private final Supplier<UUID> ids;
    private Conversation.Standing standing;
    private Conversation.Last last;
    private Conversation.Heard heard;
    private LanguagePair languages;
    private long seq;
    private long feed;
    private long customerRead;
    private long agentRead;
    private int unread;

    final List<Said> said = new ArrayList<>();
    final List<Logged> logged = new ArrayList<>();
    final List<Settled> settled = new ArrayList<>();
    final List<AuditEntry> audit = new ArrayList<>();
    final List<TurnOutcome> turned = new ArrayList<>();
    final List<Holds.Kept> kept = new ArrayList<>();
    final List<Holds.Ruled> ruled = new ArrayList<>();
    final List<Released> released = new ArrayList<>();
    /** Messages that are kept for review no longer, without anybody's decision. */
    final List<MessageId> unheld = new ArrayList<>();
    /** What an earlier try has stored, as was found out only now; nobody was told of it. */
    final List<FeedEvent> untold = new ArrayList<>();

    private final Map<NoteKey, FeedEvent> notes = new HashMap<>();
    private final Map<MessageId, StoredMessage> seen = new HashMap<>();
    private final Map<HoldId, Held> held = new HashMap<>();

    /** What became of the message that the next step says, before it came. */
    private Optional<Revision> awaited = Optional.empty();

    boolean answersWaiting;

    /** A message to insert. */
    record Said(StoredMessage message, OptionalLong seq, long feed) {}

    /** An event to insert; {@code message} is present where the event is about one. */
    record Logged(FeedEvent event, Optional<MessageId> message) {}

    /** A stored message that has come further. */
    record Settled(
            MessageId message,
            Optional<MessageState> state,
            Optional<String> trace,
            Optional<List<Part>> parts,
            Optional<Translated> translation,
            Optional<Edits> edits) {
        Settled(
                MessageId message,
                Optional<MessageState> state,
                Optional<String> trace,
                Optional<List<Part>> parts,
                Optional<Translated> translation) {
            this(message, state, trace, parts, translation, Optional.empty());
        }
    }

    /** A stored message that its customer sees from now on. */
    record Released(
            MessageId message,
            MessageState state,
            List<Part> parts,
            Optional<Translated> translation,
            long seq,
            long feed,
            Instant at) {}

    /** @param ids names what is kept for review */
    Page(Conversation conversation, Instant now, Supplier<UUID> ids) {
        this.ids = ids;
        this.id = conversation.id();
        this.place = conversation.place();
        this.openedAt = conversation.openedAt();
        this.now = now;
        this.standing = conversation.standing();
        this.last = conversation.last();
        this.heard = conversation.heard();
        this.languages = conversation.languages();
        this.seq = conversation.marks().seq();
        this.feed = conversation.marks().feed();
        this.customerRead = conversation.marks().customerRead();
        this.agentRead = conversation.marks().agentRead();
        this.unread = conversation.marks().unread();
    }

    public ConversationId id() {
        return id;
    }

    public Conversation.Place place() {
        return place;
    }

    public Mode mode() {
        return standing.mode();
    }

    public int epoch() {
        return standing.epoch();
    }

    /** Counts what was taken back or changed. */
    public int revision() {
        return standing.revision();
    }

    public Optional<Assignee> assignee() {
        return standing.assignee();
    }

    /** The time of the transaction. */
    public Instant now() {
        return now;
    }

    /** The conversation as it stands on this page. */
    public Conversation conversation() {
        var marks = new Conversation.Marks(seq, feed, customerRead, agentRead, unread);
        return new Conversation(id, place, standing, marks, last, heard, languages, openedAt);
    }

    /** When the customer last wrote, and how much they were told since. */
    public Conversation.Heard heard() {
        return heard;
    }

    /** Counts replies that go to the customer. */
    public void spend(int replies) {
        heard = new Conversation.Heard(heard.at(), heard.replies() + replies);
    }

    /** Takes back what was counted for a reply that certainly did not arrive, unless the customer has written since. */
    public void unspend(StoredMessage reply, int replies) {
        if (heard.at().filter(at -> reply.at().isBefore(at)).isPresent()) return;
        heard = new Conversation.Heard(heard.at(), Math.max(0, heard.replies() - replies));
    }

    /** Adds a message; returns its {@code seq}, which a hidden one does not get. */
    public OptionalLong say(Utterance utterance) {
        return say(utterance, now);
    }

    /**
     * Adds a message.
     *
     * @param written when its author wrote it, by the platform's clock
     */
    public OptionalLong say(Utterance spoken, Instant written) {
        if (spoken.speaker().kind() == Speaker.Kind.CUSTOMER) hear(written.isAfter(now) ? now : written);
        var utterance = awaited.map(revision -> revised(spoken, revision)).orElse(spoken);
        var message = utterance.storedAt(now);
        var gone = message.state() == MessageState.TAKEN_BACK;
        var hidden = message.state() == MessageState.HELD || message.state() == MessageState.DISCARDED;
        var number = hidden ? OptionalLong.empty() : OptionalLong.of(++seq);
        said.add(new Said(message, number, feed + 1));
        log(new EventBody.Said(message), number, Optional.of(message.id()));
        if (!hidden && !gone) {
            comesLast(message);
            if (message.speaker().kind() == Speaker.Kind.CUSTOMER) unread++;
        }
        return number;
    }

    /** What had become of it before it came. What it was is kept for those who audit; nobody has judged it. */
    private Utterance revised(Utterance utterance, Revision revision) {
        return switch (revision) {
            case Revision.TakenBack _ -> utterance.withState(MessageState.TAKEN_BACK);
            case Revision.Edited(var parts, var _, var at) -> {
                settled.add(new Settled(
                        utterance.id(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Edits.none(at).stopped("", utterance.parts(), at))));
                yield utterance.withParts(parts);
            }
        };
    }

    /** What comes late, after something newer, changes nothing. */
    private void hear(Instant written) {
        if (heard.at().filter(written::isBefore).isPresent()) return;
        heard = new Conversation.Heard(Optional.of(written), 0);
    }

    private void comesLast(StoredMessage message) {
        last = new Conversation.Last(
                shortened(message.message().text()), message.speaker().kind().name(), now);
    }

    /**
     * Says a reply that was kept until now: for the customer it is said at this moment.
     *
     * @param translation of what it says now; without one, the one it has stays as long as its words do
     */
    public void release(StoredMessage message, MessageState state, List<Part> parts, Optional<Translated> translation) {
        var plain = message.saidAs(state, parts, now);
        var said = translation.map(plain::translated).orElse(plain);
        released.add(new Released(message.id(), state, said.parts(), said.translation(), ++seq, feed + 1, now));
        log(new EventBody.Said(said), OptionalLong.of(seq), Optional.of(message.id()));
        comesLast(said);
    }

    /** Keeps a message of this conversation for review. */
    public void hold(MessageId message, Hold hold) {
        kept.add(new Holds.Kept(new HoldId(ids.get()), message, this, standing.epoch(), hold));
        audit(new AuditEntry(
                now, "filter:" + hold.filter(), "message.held", "message:" + message, Optional.of(id.value()), "{}"));
    }

    /** What is or was kept for review, as the step asked for it; empty if it is not of this conversation. */
    public Optional<Held> held(HoldId id) {
        return Optional.ofNullable(held.get(id));
    }

    /** Tells the page of what is or was kept. */
    void remember(Held one) {
        held.put(one.id(), one);
    }

    /** Writes what a person decided about what was kept; nobody may have decided before. */
    public void decide(Held one, Decision decision, Assignee by) {
        if (one.decided().isPresent()) throw new IllegalArgumentException("decided before");
        var decided = new Held.Decided(decision, by, now);
        ruled.add(new Holds.Ruled(one.id(), decided));
        held.put(one.id(), one.with(decided));
        log(
                new EventBody.Reviewed(one.message().id(), decision, by),
                OptionalLong.empty(),
                Optional.of(one.message().id()));
        audit(new AuditEntry(
                now,
                "person:" + by.id(),
                "review." + decision.key(),
                "message:" + one.message().id(),
                Optional.of(id.value()),
                "{}"));
    }

    /** Whether the message that this step says was taken back before it came. */
    public boolean isTakenBack() {
        return awaited.filter(Revision.TakenBack.class::isInstance).isPresent();
    }

    void awaited(Optional<Revision> early) {
        awaited = early;
    }

    /** Takes a message back or changes it; the step must have asked for it by its key. */
    Revision.Outcome revise(StoredMessage stored, Revision revision) {
        var message = current(stored);
        if (!message.cameIn() || message.state() == MessageState.TAKEN_BACK) return Revision.Outcome.NOTHING_NEW;
        return switch (revision) {
            case Revision.TakenBack(var at) -> {
                takeBack(message, at);
                yield Revision.Outcome.DONE;
            }
            case Revision.Edited edited -> {
                var known = message.edits();
                yield known.isPresent() && !edited.at().isAfter(known.get().at())
                        ? Revision.Outcome.NOTHING_NEW
                        : edit(message, edited);
            }
        };
    }

    private void takeBack(StoredMessage message, Instant at) {
        settled.add(new Settled(
                message.id(),
                Optional.of(MessageState.TAKEN_BACK),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        if (message.state() == MessageState.HELD) unheld.add(message.id());
        if (isLast(message)) last = new Conversation.Last("", "", last.at());
        revised(message.further(MessageState.TAKEN_BACK, Optional.empty()), "message.taken-back", at);
    }

    private Revision.Outcome edit(StoredMessage message, Revision.Edited edited) {
        if (edited.judged().isEmpty()) return Revision.Outcome.UNJUDGED;
        var judged = edited.judged().get();
        var before = message.edits().orElseGet(() -> Edits.none(edited.at()));
        var undecided =
                message.state() == MessageState.RECEIVED && message.trace().isEmpty();
        var read = undecided ? judged.before() : message.parts();
        var former = new Edits.Former(read.equals(judged.shown()) ? List.of() : read, now);
        var reads = judged.isStopped() ? message.parts() : judged.shown();
        var edits = judged.isStopped()
                ? before.stopped(judged.stoppedBy(), edited.written(), edited.at())
                : before.shown(former, edited.at());
        var state = message.state();
        if (!judged.isStopped() && (state == MessageState.HELD || state == MessageState.REFUSED)) {
            // It says something else now, and is heard like a new one.
            if (state == MessageState.HELD) unheld.add(message.id());
            state = MessageState.RECEIVED;
        }
        var changed = message.edited(reads, state, edits);
        settled.add(new Settled(
                message.id(),
                Optional.of(state),
                Optional.empty(),
                Optional.of(reads),
                changed.translation(),
                Optional.of(edits)));
        if (!judged.isStopped() && isLast(message)) {
            last = new Conversation.Last(shortened(changed.message().text()), last.author(), last.at());
        }
        revised(changed, "message.edited", edited.at());
        return Revision.Outcome.DONE;
    }

    private void revised(StoredMessage changed, String action, Instant at) {
        standing = standing.revised();
        log(new EventBody.Changed(changed), OptionalLong.empty(), Optional.of(changed.id()));
        audit(new AuditEntry(
                now,
                changed.speaker().kind() == Speaker.Kind.CUSTOMER ? "customer" : "colleague",
                action,
                "message:" + changed.id(),
                Optional.of(id.value()),
                "{\"at\":\"" + at + "\"}"));
    }

    private boolean isLast(StoredMessage message) {
        return last.at().equals(message.at())
                && last.author().equals(message.speaker().kind().name());
    }

    /** A stored message as it stands on this page. */
    private StoredMessage current(StoredMessage message) {
        return settled.stream()
                .filter(line -> line.message().equals(message.id()))
                .reduce(Messages::merged)
                .map(line -> {
                    var further = message.rewritten(
                            line.parts().orElse(message.parts()), line.state().orElse(message.state()), line.trace());
                    var edited = line.edits()
                            .map(how -> further.edited(further.parts(), further.state(), how))
                            .orElse(further);
                    return line.translation().map(edited::translated).orElse(edited);
                })
                .orElse(message);
    }

    /** Says how far a stored message has come. */
    public void settle(MessageId message, MessageState state, Optional<String> trace) {
        settled.add(new Settled(message, Optional.of(state), trace, Optional.empty(), Optional.empty()));
    }

    /** Says how far a stored message has come, and that it now reads differently. */
    public void rewrite(StoredMessage message, MessageState state, List<Part> parts, Optional<String> trace) {
        settled.add(new Settled(message.id(), Optional.of(state), trace, Optional.of(parts), Optional.empty()));
        var changed = message.rewritten(parts, state, trace);
        log(new EventBody.Changed(changed), OptionalLong.of(++seq), Optional.of(message.id()));
    }

    /**
     * Tells agents, not the customer, that a message has come further.
     *
     * @param trace takes the place of the one the message has
     */
    public void report(StoredMessage message, MessageState state, Optional<String> trace) {
        settled.add(new Settled(message.id(), Optional.of(state), trace, Optional.empty(), Optional.empty()));
        log(new EventBody.Changed(message.further(state, trace)), OptionalLong.empty(), Optional.of(message.id()));
    }

    /** The same of a message that the customer does not see and that now reads differently. */
    public void report(StoredMessage message, MessageState state, List<Part> parts) {
        settled.add(
                new Settled(message.id(), Optional.of(state), Optional.empty(), Optional.of(parts), Optional.empty()));
        log(
                new EventBody.Changed(message.saidAs(state, parts, message.at())),
                OptionalLong.empty(),
                Optional.of(message.id()));
    }

    /**
     * Tells agents, not the customer, what a message is in their language. The step must have asked for the message; one
     * that the customer cannot see, or that has gone, is left alone.
     */
    public void translate(MessageId about, Translated translation) {
        var known = seen.get(about);
        if (known == null) return;
        var now = current(known).translated(translation);
        settled.add(new Settled(about, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(translation)));
        log(new EventBody.Changed(now), OptionalLong.empty(), Optional.of(about));
    }

    /** Counts every question that waits for a person as answered. */
    public void answerWaiting() {
        answersWaiting = true;
    }

    /** Lets somebody else speak; raises the epoch. */
    public void enter(Mode mode, Optional<Assignee> assignee) {
        var waiting =
                mode == Mode.WAITING ? standing.waitingSince().or(() -> Optional.of(now)) : Optional.<Instant>empty();
        standing = new Conversation.Standing(mode, standing.epoch() + 1, assignee, waiting, standing.revision());
        log(new EventBody.Entered(mode, assignee), OptionalLong.of(++seq), Optional.empty());
    }

    /** A note, and whether it had been written before. */
    public record Noting(FeedEvent event, boolean repeated) {}

    /** Adds a note, unless its author has written one under this {@code cid}; known is what the writer looked for. */
    public Noting note(Assignee author, String cid, String text) {
        var key = new NoteKey(id, author.id(), cid);
        var earlier = notes.get(key);
        if (earlier != null) return new Noting(earlier, true);
        var event = log(new EventBody.Noted(author, Optional.of(cid), text), OptionalLong.empty(), Optional.empty());
        notes.put(key, event);
        return new Noting(event, false);
    }

    /** Tells the page of a note that was written before. */
    void remember(NoteKey key, FeedEvent note) {
        notes.put(key, note);
    }

    /** Notes what the customer thinks, of one message or of it all. */
    public void rate(Optional<MessageId> message, int score, String text) {
        log(new EventBody.Rated(message, score, text), OptionalLong.empty(), message);
    }

    /** The message that the step asked for, if it is one of this conversation that the customer may see. */
    public Optional<StoredMessage> seen(MessageId message) {
        return Optional.ofNullable(seen.get(message));
    }

    /** Tells the page of a message that a step asked for. */
    void remember(StoredMessage message) {
        seen.put(message.id(), message);
    }

    /** Moves the customer's read mark; a smaller one changes nothing. */
    public void readByCustomer(long upTo) {
        var mark = Math.min(upTo, seq);
        if (mark <= customerRead) return;
        customerRead = mark;
        log(new EventBody.Read(Speaker.Kind.CUSTOMER, mark), OptionalLong.empty(), Optional.empty());
    }

    /** Moves the agents' read mark; a smaller one changes nothing. */
    public void readByAgent(long upTo) {
        var mark = Math.min(upTo, seq);
        if (mark <= agentRead) return;
        agentRead = mark;
        unread = 0;
        log(new EventBody.Read(Speaker.Kind.AGENT, mark), OptionalLong.of(++seq), Optional.empty());
    }

    /** Notes what the customer was heard to speak, unless a person has said what it is. */
    public void speaks(Language spoken) {
        languages = languages.heard(spoken);
    }

    /** Settles which languages are spoken, and tells agents. */
    public void settle(LanguagePair pair) {
        if (pair.equals(languages)) return;
        languages = pair;
        log(new EventBody.Languages(pair), OptionalLong.empty(), Optional.empty());
    }

    /** Counts a turn of the bot; a second time for the same question changes nothing. */
    public void turned(TurnOutcome outcome) {
        turned.add(outcome);
    }

    public void audit(AuditEntry entry) {
        audit.add(entry);
    }

    /** Returns what is to be told of; empty when nothing happened. */
    Optional<Commit> commit() {
        var events = Stream.concat(untold.stream(), logged.stream().map(Logged::event))
                .toList();
        return events.isEmpty() ? Optional.empty() : Optional.of(new Commit(conversation(), events));
    }

    private FeedEvent log(EventBody body, OptionalLong number, Optional<MessageId> message) {
        var event = new FeedEvent(++feed, number, now, body);
        logged.add(new Logged(event, message));
        return event;
    }

    private static String shortened(String text) {
        if (text.length() <= LAST_TEXT) return text;
        var end = Character.isHighSurrogate(text.charAt(LAST_TEXT - 1)) ? LAST_TEXT - 1 : LAST_TEXT;
        return text.substring(0, end);
    }
}
