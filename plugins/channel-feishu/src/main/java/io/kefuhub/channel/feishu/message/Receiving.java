package io.kefuhub.channel.feishu.message;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.feishu.api.Bot;
import io.kefuhub.channel.feishu.api.FeishuApi;
import io.kefuhub.channel.feishu.api.Media;
import io.kefuhub.channel.feishu.api.People;
import io.kefuhub.channel.feishu.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what happens on the platform into messages of customers, whichever way it arrived. What can be told from the event
 * alone is told at once; what needs files or other messages first is kept and brought in later. Safe for threads.
 */
public final class Receiving {
    private static final Logger LOG = LoggerFactory.getLogger(Receiving.class);
    private static final int LONGEST_KEPT = 60_000;
    private static final int LONGEST_ID = 200;
    private static final int LONGEST_CHAT = 100;
    /** A number of milliseconds that stands for an earlier time is one of seconds. */
    private static final Instant FIRST_MILLIS = Instant.ofEpochMilli(100_000_000_000L);

    private final ChannelContext context;
    private final Bot bot;
    private final People people;
    private final Sayings sayings;
    private final Reader reader;
    private final Waiting waiting;
    private final Pressed pressed;
    private final Noticed noticed;
    private final Sign sign;
    private final Door door;

    /** Shows a customer that somebody is at work. */
    public interface Sign {
        /** Never waits. */
        void begin(String thread, String messageId);
    }

    /** Hears of who opens the chat with the bot. */
    public interface Door {
        /**
         * Never waits long.
         *
         * @param lastSaid when anything was said there last
         * @param event the platform's name for this
         */
        void entered(String chat, Optional<Instant> lastSaid, String event);
    }

    public Receiving(
            ChannelContext context,
            FeishuApi api,
            Bot bot,
            People people,
            Sayings sayings,
            Media media,
            Choices choices,
            Sign sign,
            Door door) {
        this.context = context;
        this.bot = bot;
        this.people = people;
        this.sayings = sayings;
        this.reader = new Reader(api, media);
        this.waiting = new Waiting(context.store(), context.tasks(), this::bring);
        this.pressed = new Pressed(choices, people, context.clock());
        this.noticed = new Noticed(context, sayings);
        this.sign = sign;
        this.door = door;
    }

    public Taken take(Event event) {
        return switch (event.type()) {
            case "im.message.receive_v1", "im.message.updated_v1" -> message(event.body());
            case "im.message.recalled_v1" -> recalled(event.body());
            case "card.action.trigger" -> pressed.take(event);
            case "im.chat.access_event.bot_p2p_chat_entered_v1" -> entered(event);
            case "im.message.reaction.created_v1" -> noticed.reaction(event);
            case "im.message.message_read_v1" -> noticed.read(event);
            default -> done();
        };
    }

    /** Takes up what was interrupted. */
    public void recover() {
        waiting.recover();
    }

    private Taken entered(Event event) {
        var chat = event.body().text("chat_id", "");
        if (chat.isEmpty() || chat.length() > LONGEST_CHAT || event.id().isEmpty()) return done();
        var last = CustomerMessage.time(event.body().word("last_message_create_time"));
        // Told in seconds by some versions of the platform, in milliseconds by others.
        var at = last.map(time -> time.isBefore(FIRST_MILLIS) ? Instant.ofEpochSecond(time.toEpochMilli()) : time);
        door.entered(chat, at, event.id());
        return done();
    }

    /** Whoever took it away: it is not said any more. */
    private Taken recalled(JsonObject body) {
        var id = body.text("message_id", "");
        if (id.isEmpty() || id.length() > LONGEST_ID) return done();
        waiting.drop(id);
        var at = CustomerMessage.time(body.word("recall_time"))
                .orElseGet(() -> context.clock().instant());
        context.inbox().takenBack(id, at);
        return done();
    }

    private Taken message(JsonObject body) {
        var read = CustomerMessage.of(body);
        if (read.isEmpty() || !read.get().byPerson()) return done();
        var message = read.get();
        var self = bot.known();
        var meant = !message.group() || self.isEmpty() || isMeant(message, self.get());
        if (!meant && message.edited().isEmpty()) return done();
        var named = ThreadName.of(message);
        var thread = named.toString();
        sayings.heard(named, message.id());
        var quoted = Optional.<String>empty();
        if (!message.quotes().isEmpty()) quoted = sayings.quoted(message.quotes(), thread);
        var pieces = Contents.of(message, new Mentions(message.mentions(), self.orElse("")));
        var whole = pieces.stream().allMatch(piece -> piece instanceof Piece.Said || piece instanceof Piece.Odd)
                && (quoted.isPresent() || message.quotes().isEmpty())
                && (self.isPresent() || !message.group())
                && !waiting.isBusy(message.chat());
        if (!whole && Json.write(body).length() <= LONGEST_KEPT) {
            waiting.add(message, body);
            if (message.edited().isEmpty() && (self.isPresent() || !message.group())) sign.begin(thread, message.id());
            return done();
        }
        var parts = pieces.stream().map(Receiving::part).toList();
        var incoming = incoming(message, parts, quoted);
        if (message.edited().isPresent()) {
            if (!edit(message, incoming, meant)) throw new UnavailableException("a change is not stored yet");
            return done();
        }
        sign.begin(thread, message.id());
        return new Taken.Messages(List.of(incoming), Map.of());
    }

    private static Part part(Piece piece) {
        return switch (piece) {
            case Piece.Said(var text) -> new Part.Text(text);
            case Piece.Odd(var type) -> new Part.Unsupported(type);
            case Piece.Resource resource -> new Part.Unsupported(resource.type());
            case Piece.Forwarded() -> new Part.Unsupported("merge_forward");
        };
    }

    /** In a group, the bot is spoken to by its name or by a reply to what it said. */
    private boolean isMeant(CustomerMessage message, String self) {
        if (message.mentions(self)) return true;
        return !message.parent().isEmpty() && sayings.said(message.parent()).isPresent();
    }

    /**
     * Changes what is stored; what was not, as it did not concern the bot before, is a message like any other.
     *
     * @return whether it is done with
     */
    private boolean edit(CustomerMessage message, Incoming incoming, boolean meant) {
        if (meant && accepted(incoming) instanceof Inbox.Accepted.NotStored(var _, var retry)) return !retry;
        try {
            context.inbox()
                    .edited(message.id(), incoming.parts(), message.edited().orElseThrow());
            return true;
        } catch (UnavailableException _) {
            return false;
        }
    }

    private Incoming incoming(CustomerMessage message, List<Part> parts, Optional<String> replyTo) {
        var contact = people.contact(message.sender());
        var plain = new Incoming(
                message.id(), ThreadName.of(message).toString(), contact, parts, message.at(), Optional.empty());
        return replyTo.map(plain::withReplyTo).orElse(plain);
    }

    private boolean bring(JsonObject event, boolean lastTry) throws InterruptedException {
        var read = CustomerMessage.of(event);
        if (read.isEmpty()) return true;
        var message = read.get();
        var self = bot.openId();
        var isMeant = true;
        if (message.group()) {
            if (self.isEmpty() && !lastTry) return false;
            // Without a scope of its own an app hears of those messages only that mention it.
            var meant = self.map(id -> isMeant(message, id))
                    .orElse(!message.mentions().isEmpty());
            if (!meant && message.edited().isEmpty()) return true;
            isMeant = meant;
        }
        try {
            var whole = whole(message, self.orElse(""), lastTry);
            return message.edited().isPresent() ? edit(message, whole, isMeant) : store(whole);
        } catch (Reader.NotNowException e) {
            LOG.info("A message waits for what belongs to it: {}", e.getMessage());
            return false;
        }
    }

    private Incoming whole(CustomerMessage message, String self, boolean lastTry)
            throws Reader.NotNowException, InterruptedException {
        var thread = ThreadName.of(message).toString();
        var parts = new ArrayList<Part>();
        var quoted = Optional.<String>empty();
        if (!message.quotes().isEmpty()) {
            quoted = sayings.quoted(message.quotes(), thread);
            if (quoted.isEmpty()) reader.quote(message, self, lastTry).ifPresent(parts::add);
        }
        parts.addAll(reader.parts(message, new Mentions(message.mentions(), self), lastTry));
        return incoming(message, parts, quoted);
    }

    private Inbox.Accepted accepted(Incoming incoming) {
        var accepted = context.inbox().accept(incoming);
        return accepted instanceof Inbox.Accepted.NoSuchMessage
                        && incoming.replyTo().isPresent()
                ? context.inbox().accept(incoming.withoutReplyTo())
                : accepted;
    }

    /** Says whether it is done with: stored, or never to be. */
    private boolean store(Incoming incoming) {
        return switch (accepted(incoming)) {
            case Inbox.Accepted.Stored _ -> true;
            case Inbox.Accepted.NoSuchMessage _ -> false;
            case Inbox.Accepted.NotStored(var reason, var retry) -> {
                if (!retry) LOG.error("A customer's message was not stored: {}", reason);
                yield !retry;
            }
        };
    }

    /** Brings in what an event of the long connection held; says whether all of it is durable. */
    public boolean store(List<Incoming> messages) {
        var all = true;
        for (var message : messages) all &= store(message);
        return all;
    }

    private static Taken done() {
        return new Taken.Done(Map.of());
    }
}
