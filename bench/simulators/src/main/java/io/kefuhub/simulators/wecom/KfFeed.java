package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Faults;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Scene;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What happened at the accounts of customer service, to be pulled page by page for three days. Safe for threads. */
final class KfFeed {
    static final Duration KEPT = Duration.ofDays(3);
    static final Duration NUDGE_LIFE = Duration.ofMinutes(10);
    static final int LARGEST_PAGE = 1000;
    /** Calls without the token of a nudge, in a minute. */
    static final int UNASKED = 10;

    static final String EMPTY_PAGES = "empty-pages";
    static final String SMALL_PAGES = "small-pages";

    private static final int SMALL_PAGE = 2;

    private final Scene scene;
    private final List<Item> items = new ArrayList<>();
    private final Map<String, Instant> nudges = new HashMap<>();
    private final Deque<Instant> unasked = new ArrayDeque<>();
    private long salt;

    private record Item(String account, Instant at, JsonNode json) {}

    KfFeed(Scene scene) {
        this.scene = scene;
    }

    /** Puts something at the end; answers the token of the nudge that tells the hub. */
    synchronized String add(String account, List<ObjectNode> happened) {
        happened.forEach(json -> items.add(new Item(account, scene.time.instant(), json)));
        return nudge();
    }

    synchronized String nudge() {
        var token = Letters.id("ENC");
        nudges.put(token, scene.time.instant());
        return token;
    }

    synchronized Answer pull(Call call) throws Wrong {
        var body = call.json();
        var account = body.path("open_kfid").asText();
        if (!KfPeople.ACCOUNTS.containsKey(account)) throw new Wrong(Wrong.KF_ACCOUNT, "invalid open_kfid");
        var limit = body.path("limit").asInt(LARGEST_PAGE);
        if (limit < 1 || limit > LARGEST_PAGE) throw new Wrong(Wrong.PARAMETER, "limit must lie between 1 and 1000");
        var from = position(body.path("cursor").asText(), account);
        allow(body.path("token").asText());
        if (scene.faults.strikes(EMPTY_PAGES, call.path())) return page(account, from, List.of(), true);
        if (scene.faults.strikes(SMALL_PAGES, call.path())) limit = Math.min(limit, SMALL_PAGE);
        var oldest = scene.time.instant().minus(KEPT);
        var found = new ArrayList<JsonNode>();
        var next = from;
        while (next < items.size() && found.size() < limit) {
            var item = items.get(next++);
            if (item.account.equals(account) && !item.at.isBefore(oldest)) found.add(item.json);
        }
        var more = items.subList(next, items.size()).stream().anyMatch(item -> item.account.equals(account));
        return page(account, next, found, more);
    }

    synchronized void clear() {
        items.clear();
        nudges.clear();
        unasked.clear();
    }

    private Answer page(String account, int next, List<JsonNode> found, boolean more) {
        var list = Json.array();
        found.forEach(list::add);
        var page = Wrong.ok().put("next_cursor", cursor(account, next)).put("has_more", more ? 1 : 0);
        page.set("msg_list", list);
        return Answer.json(page);
    }

    /** Never the same twice, so that a page without messages has a new one too. */
    private String cursor(String account, int next) {
        var text = next + "." + account.hashCode() + "." + ++salt;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static int position(String cursor, String account) throws Wrong {
        if (cursor.isEmpty()) return 0;
        try {
            var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\.");
            if (Integer.parseInt(parts[1]) == account.hashCode()) return Integer.parseInt(parts[0]);
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new Wrong(Wrong.PARAMETER, "invalid cursor");
        }
        throw new Wrong(Wrong.PARAMETER, "the cursor belongs to another open_kfid");
    }

    private void allow(String token) throws Wrong {
        var now = scene.time.instant();
        if (!token.isEmpty()) {
            var given = nudges.get(token);
            if (given == null || given.plus(NUDGE_LIFE).isBefore(now))
                throw new Wrong(Wrong.KF_TOKEN, "invalid msg token");
            return;
        }
        unasked.removeIf(at -> at.isBefore(now.minusSeconds(60)));
        if (unasked.size() >= UNASKED) throw new Wrong(Wrong.TOO_OFTEN, "api freq out of limit");
        unasked.add(now);
    }

    /** Whether this fault is one of pages, which are met inside. */
    static boolean isOfPages(String fault) {
        return fault.equals(EMPTY_PAGES) || fault.equals(SMALL_PAGES) || fault.equals(Faults.SLOW);
    }
}
