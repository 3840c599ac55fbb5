package io.kefuhub.channel.web;

import io.kefuhub.api.Language;
import io.kefuhub.channel.web.frame.BadFrame;
import io.kefuhub.channel.web.frame.Json;
import io.kefuhub.channel.web.frame.JsonObject;
import io.kefuhub.channel.web.identity.Identity;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;

/**
 * An open socket on its way to the next generation. Immutable.
 *
 * @param greeted whether hello was said
 * @param drafts whether it wants answers while they are made
 * @param conversation it is fed with
 * @param sentUpTo the highest {@code seq} that was sent
 */
record HandedOver(
        Session session,
        boolean greeted,
        boolean drafts,
        Optional<String> conversation,
        long sentUpTo,
        Connection connection) {
    /** What is counted of the socket itself. */
    record Connection(String address, Instant since, Instant heard) {}

    String write() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeStringField("key", session.key());
            json.writeStringField("visitor", session.visitor());
            json.writeBooleanField("kept", session.isKept());
            if (session.language().isPresent()) {
                json.writeStringField("language", session.language().get().tag());
            }
            if (session.identity().isPresent()) {
                var identity = session.identity().get();
                json.writeStringField("subject", identity.subject());
                json.writeStringField("name", identity.name());
                Json.writeMap(json, "attributes", identity.attributes());
            }
            json.writeBooleanField("greeted", greeted);
            json.writeBooleanField("drafts", drafts);
            if (conversation.isPresent()) json.writeStringField("conversation", conversation.get());
            json.writeNumberField("sentUpTo", sentUpTo);
            json.writeStringField("address", connection.address());
            json.writeStringField("since", connection.since().toString());
            json.writeStringField("heard", connection.heard().toString());
            json.writeEndObject();
        });
    }

    /** Reads what another version may have written; empty when it cannot be understood. */
    static Optional<HandedOver> read(String state) {
        try {
            var json = Json.read(state);
            var session = new Session(json.text("key"), json.text("visitor"), identity(json), json.flag("kept"));
            json.find("language").map(Language::new).ifPresent(session::language);
            var connection = new Connection(
                    json.text("address"), Instant.parse(json.text("since")), Instant.parse(json.text("heard")));
            return Optional.of(new HandedOver(
                    session,
                    json.flag("greeted"),
                    json.flag("drafts"),
                    json.find("conversation"),
                    json.number("sentUpTo"),
                    connection));
        } catch (BadFrame | DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Identity> identity(JsonObject json) throws BadFrame {
        var subject = json.find("subject");
        if (subject.isEmpty()) return Optional.empty();
        var attributes = json.object("attributes").map(JsonObject::textMembers).orElse(Map.of());
        return Optional.of(new Identity(subject.get(), json.find("name").orElse(""), attributes));
    }
}
