package io.kefuhub.channel.wecom.kf;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ByColleague;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Pulled;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.api.Api;
import io.kefuhub.channel.wecom.api.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Fetches what has come for a customer service account, page by page. A page whose files take long is brought in parts:
 * the cursor then says how far it was brought, so that nothing is brought twice or left out whatever happens meanwhile.
 * Safe for threads.
 */
final class Fetching {
    private static final String SYNC = "/cgi-bin/kf/sync_msg";
    private static final int PAGE = 500;
    private static final int LONGEST_AFTER = 4;
    private static final int BAD_TOKEN = 95007;
    private static final int FROM_CUSTOMER = 3;
    private static final int FROM_PLATFORM = 4;
    private static final int FROM_COLLEAGUE = 5;

    /** The hub waits for 10 s unless an admin says otherwise. */
    private static final Duration IN_ALL = Duration.ofMillis(8_500);

    /** What waited longer when the channel was first set up is passed over, so that nobody is answered days later. */
    private static final Duration OLD = Duration.ofMinutes(5);

    /** The platform lists an item for three days. */
    private static final Duration LISTED = Duration.ofDays(4);

    private final ChannelContext context;
    private final Api api;
    private final Items items;
    private final Events events;
    private final Names names;
    private final Sessions sessions;
    private final SendWindow window;
    private final Lookout lookout;
    private final Servicers servicers;
    private final Patience patience;
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();
    private final Map<String, KfPage> pages = new ConcurrentHashMap<>();

    /**
     * @param files how long one call may wait for files
     * @param pause the longest before the platform is asked again that did not answer; the first is a tenth of it
     */
    record Patience(Duration files, Duration pause) {
        static final Patience USUAL = new Patience(Duration.ofSeconds(4), Duration.ofSeconds(5));
    }

    private record Token(String value, Instant until) {}

    Fetching(
            ChannelContext context,
            Api api,
            Items items,
            Events events,
            Names names,
            Sessions sessions,
            SendWindow window,
            Patience patience) {
        this.context = context;
        this.api = api;
        this.items = items;
        this.events = events;
        this.names = names;
        this.sessions = sessions;
        this.window = window;
        this.lookout = new Lookout(context.tasks(), this::fetch, this::greet);
        this.servicers = new Servicers(api, context.clock());
        this.patience = patience;
    }

    /** The platform says that something waits; with its token it may be asked as often as it says so. */
    void nudged(String openKfId, String token) {
        if (!token.isEmpty()) {
            api.unbar(SYNC);
            tokens.put(openKfId, new Token(token, context.clock().instant().plus(Duration.ofMinutes(9))));
        }
        lookout.nudged(openKfId);
    }

    Pulled pull(String openKfId, String kept) {
        lookout.brings(openKfId, true);
        var brought = brought(openKfId, kept);
        lookout.brings(openKfId, brought.more());
        return brought;
    }

    private Pulled brought(String openKfId, String kept) {
        var end = System.nanoTime() + IN_ALL.toNanos();
        var cursor = Cursor.parse(kept);
        var page = page(openKfId, cursor);
        if (page.isEmpty()) return later(openKfId, kept);
        var brought = bring(openKfId, cursor, page.get(), end);
        if (!brought.cursor().equals(kept)) failures.remove(openKfId);
        return brought;
    }

    /** The platform cannot be asked now: what waits is asked for again, and is not lost however long that takes. */
    private Pulled later(String openKfId, String kept) {
        var times = Math.min(LONGEST_AFTER, failures.merge(openKfId, 1, Integer::sum) - 1);
        var pause = patience.pause().dividedBy(10).multipliedBy(1L << times);
        try {
            Thread.sleep(pause.compareTo(patience.pause()) < 0 ? pause : patience.pause());
            return new Pulled(List.of(), kept, true);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Pulled.nothing(kept);
        }
    }

    private Optional<KfPage> page(String openKfId, Cursor cursor) {
        var known = Optional.ofNullable(pages.get(openKfId))
                .filter(page -> !cursor.after().isEmpty() && page.cursor().equals(cursor.platform()));
        if (known.isPresent()) return known;
        var asked = lookout.read(openKfId, cursor.platform()).or(() -> fetch(openKfId, cursor.platform()));
        asked.ifPresent(page -> {
            lookout.passed(openKfId, page);
            learn(page.items());
            note(page.items());
            for (var item : page.items()) if (origin(item) == FROM_PLATFORM) events.take(item);
            pages.put(openKfId, page);
        });
        return asked;
    }

    private void greet(KfPage page) {
        for (var item : page.items()) if (origin(item) == FROM_PLATFORM) events.greet(item);
    }

    private Optional<KfPage> fetch(String openKfId, String cursor) {
        var token = Optional.ofNullable(tokens.get(openKfId))
                .filter(one -> one.until.isAfter(context.clock().instant()))
                .map(Token::value);
        var reply = ask(openKfId, cursor, token);
        if (token.isPresent() && reply instanceof Reply.Refused(var code, var _, var _) && code == BAD_TOKEN) {
            tokens.remove(openKfId);
            reply = ask(openKfId, cursor, Optional.empty());
        }
        if (!(reply instanceof Reply.Ok(var body))) return Optional.empty();
        var next = body.text("next_cursor", "");
        // One that stands still would be asked for ever.
        var more = body.number("has_more", 0) == 1 && !next.isEmpty() && !next.equals(cursor);
        return Optional.of(new KfPage(cursor, body.objects("msg_list"), next.isEmpty() ? cursor : next, more));
    }

    private Reply ask(String openKfId, String cursor, Optional<String> token) {
        var body = new HashMap<String, Object>();
        body.put("cursor", cursor);
        token.ifPresent(value -> body.put("token", value));
        body.put("limit", PAGE);
        body.put("voice_format", 0);
        body.put("open_kfid", openKfId);
        return api.post(SYNC, body);
    }

    private Pulled bring(String openKfId, Cursor cursor, KfPage page, long end) {
        var brought = new ArrayList<Incoming>();
        var deadline = Math.min(end, System.nanoTime() + patience.files().toNanos());
        var at = cursor;
        for (var item : rest(page, cursor.after())) {
            var id = item.text("msgid", "");
            var left = Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
            try {
                if (!take(item, cursor.draining(), left, brought)) return new Pulled(brought, at.toString(), true);
            } catch (UnavailableException _) {
                return brought.isEmpty() ? later(openKfId, at.toString()) : new Pulled(brought, at.toString(), true);
            }
            at = cursor.within(id.contains("|") ? at.after() : id);
        }
        var draining = cursor.draining() && page.more();
        return new Pulled(brought, new Cursor(draining, "", page.next()).toString(), page.more());
    }

    /**
     * Takes one item in its turn.
     *
     * @param brought so far, which the hub stores after this
     * @return false when what was brought must be stored first, or a file takes longer
     */
    private boolean take(JsonObject item, boolean draining, Duration left, List<Incoming> brought) {
        var over = Events.left(item);
        if (over.isPresent()) {
            if (isAmong(brought, over.get())) return false;
            ended(over.get(), item.text("msgid", ""));
            return true;
        }
        if (isByColleague(item) && !isOver(item, draining)) {
            if (isAmong(brought, thread(item))) return false;
            var parts = items.read(item, left);
            parts.ifPresent(said -> overheard(item, said));
            return parts.isPresent();
        }
        if (!isForUs(item, draining)) return true;
        var parts = items.read(item, left);
        parts.ifPresent(said -> brought.add(incoming(item, said)));
        return parts.isPresent();
    }

    /** Once, whatever has happened since when it is listed again. */
    private void ended(KfThread thread, String id) {
        var key = "ended:" + id;
        if (id.isEmpty() || context.store().get(key).isPresent()) return;
        context.inbox().colleagueLeft(thread.toString());
        context.store().put(key, "1", LISTED);
    }

    private static boolean isAmong(List<Incoming> brought, KfThread thread) {
        return brought.stream().anyMatch(one -> one.thread().equals(thread.toString()));
    }

    private static boolean isByColleague(JsonObject item) {
        return origin(item) == FROM_COLLEAGUE
                && thread(item).isWhole()
                && !item.text("msgid", "").isEmpty();
    }

    private boolean isOver(JsonObject item, boolean draining) {
        return draining && at(item).plus(OLD).isBefore(context.clock().instant());
    }

    /** What a colleague wrote in the WeCom client; the customer has it. */
    private void overheard(JsonObject item, List<Part> parts) {
        var thread = thread(item);
        var servicer = item.text("servicer_userid", "");
        sessions.servedElsewhere(thread);
        var contact = new Contact(thread.customer(), true, names.of(thread.customer()), Map.of());
        var accepted = context.inbox()
                .said(new ByColleague(
                        item.text("msgid", ""),
                        thread.toString(),
                        contact,
                        servicer,
                        servicers.name(servicer),
                        parts,
                        at(item)));
        if (accepted instanceof Inbox.Accepted.NotStored(var reason, var retry) && retry) {
            throw new UnavailableException(reason);
        }
    }

    /** A page asked for again begins with the same items, so what was brought lies before the one named. */
    private static List<JsonObject> rest(KfPage page, String after) {
        if (after.isEmpty()) return page.items();
        for (var at = 0; at < page.items().size(); at++) {
            if (page.items().get(at).text("msgid", "").equals(after)) {
                return page.items().subList(at + 1, page.items().size());
            }
        }
        return page.items();
    }

    private boolean isForUs(JsonObject item, boolean draining) {
        if (origin(item) != FROM_CUSTOMER || !thread(item).isWhole()) return false;
        if (isOver(item, draining)) return false;
        if (item.text("msgid", "").isEmpty()) return false;
        var score = Menus.score(
                item.object("text").map(text -> text.text("menu_id", "")).orElse(""));
        score.ifPresent(given -> context.inbox().rating(thread(item).toString(), given, ""));
        return score.isEmpty();
    }

    private Incoming incoming(JsonObject item, List<Part> parts) {
        var thread = thread(item);
        sessions.heard(thread);
        var contact = new Contact(thread.customer(), true, names.of(thread.customer()), Map.of());
        return new Incoming(item.text("msgid", ""), thread.toString(), contact, parts, at(item), Optional.empty());
    }

    private void learn(List<JsonObject> page) {
        names.learn(page.stream()
                .filter(item -> origin(item) == FROM_CUSTOMER)
                .map(item -> item.text("external_userid", ""))
                .filter(customer -> !customer.isEmpty())
                .toList());
    }

    /** When each customer wrote last, in one go, as a page may hold hundreds of messages of one. */
    private void note(List<JsonObject> page) {
        var latest = new HashMap<KfThread, Instant>();
        for (var item : page) {
            if (origin(item) == FROM_CUSTOMER && thread(item).isWhole()) {
                latest.merge(thread(item), at(item), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        latest.forEach(window::heard);
    }

    private static long origin(JsonObject item) {
        return item.number("origin", 0);
    }

    private static KfThread thread(JsonObject item) {
        return new KfThread(item.text("open_kfid", ""), item.text("external_userid", ""));
    }

    private static Instant at(JsonObject item) {
        return Instant.ofEpochSecond(item.number("send_time", 0));
    }
}
