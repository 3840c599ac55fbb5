package io.kefuhub.channel.feishu.api;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.Store;
import io.kefuhub.api.Tasks;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Contacts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What customers are called, as far as the app may know. Nobody waits for it: who is not known yet is asked about aside and
 * labelled then. Safe for threads.
 */
public final class People {
    private static final Logger LOG = LoggerFactory.getLogger(People.class);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration LEFT_ALONE = Duration.ofHours(1);
    private static final int MANY = 5_000;

    private final FeishuApi api;
    private final Store store;
    private final Tasks tasks;
    private final Contacts contacts;
    private final InstantSource clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Set<String> asking = ConcurrentHashMap.newKeySet();
    private volatile Instant notBefore = Instant.MIN;

    private record Known(Contact contact, Instant until) {}

    public People(FeishuApi api, Store store, Tasks tasks, Contacts contacts, InstantSource clock) {
        this.api = api;
        this.store = store;
        this.tasks = tasks;
        this.contacts = contacts;
        this.clock = clock;
    }

    /** Returns the contact with what is known of it now; never waits. */
    public Contact contact(String openId) {
        var now = clock.instant();
        var one = known.get(openId);
        if (one == null || now.isAfter(one.until)) learn(openId, now);
        return one == null ? new Contact(openId, true, "", Map.of()) : one.contact;
    }

    private void learn(String openId, Instant now) {
        if (now.isBefore(notBefore) || !asking.add(openId)) return;
        tasks.run("feishu-person", () -> {
            try {
                lookUp(openId);
            } catch (UnavailableException _) {
                // It is asked about again with the next message.
            } finally {
                asking.remove(openId);
            }
        });
    }

    private void lookUp(String openId) {
        var key = "person:" + openId;
        var kept = store.get(key).flatMap(Json::object);
        if (kept.isPresent()) {
            remember(openId, kept.get());
            return;
        }
        switch (api.get(
                "/contact/v3/users/" + URLEncoder.encode(openId, StandardCharsets.UTF_8) + "?user_id_type=open_id")) {
            case Answer.Ok(var data) -> {
                var facts = facts(data.object("user").orElse(JsonObject.EMPTY));
                store.put(key, Json.write(facts), KEPT);
                contacts.label(remember(openId, new JsonObject(Map.copyOf(facts))));
            }
            case Answer.Refused refused
            when Codes.SCOPE.contains(refused.code()) -> {
                notBefore = clock.instant().plus(LEFT_ALONE);
                LOG.info(
                        "Names of customers stay unknown: {}",
                        Troubles.of(refused).words());
            }
            case Answer other ->
                LOG.debug(
                        "A customer's name is not known: {}", Troubles.of(other).words());
        }
    }

    private static Map<String, String> facts(JsonObject user) {
        var facts = new LinkedHashMap<String, String>();
        user.text("name").or(() -> user.text("en_name")).ifPresent(name -> facts.put("name", name));
        user.text("email")
                .filter(mail -> !mail.isBlank())
                .or(() -> user.text("enterprise_email"))
                .filter(mail -> !mail.isBlank())
                .ifPresent(mail -> facts.put("email", mail));
        return facts;
    }

    private Contact remember(String openId, JsonObject facts) {
        var attributes = facts.text("email").map(mail -> Map.of("email", mail)).orElse(Map.of());
        var contact = new Contact(openId, true, facts.text("name", ""), attributes);
        if (known.size() >= MANY) known.clear();
        known.put(openId, new Known(contact, clock.instant().plus(KEPT)));
        return contact;
    }
}
