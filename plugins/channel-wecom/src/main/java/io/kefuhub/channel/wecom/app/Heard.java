package io.kefuhub.channel.wecom.app;

import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.wecom.api.IncomingMedia;
import io.kefuhub.channel.wecom.crypto.XmlElement;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads what members say to an app, whatever kind it is. Safe for threads. */
final class Heard {
    private final IncomingMedia media;

    Heard(IncomingMedia media) {
        this.media = media;
    }

    /** Returns the message; empty when its file needs longer than the patience. */
    Optional<Incoming> read(XmlElement message, Duration patience) {
        var type = message.text("MsgType");
        return parts(message, type, patience).map(parts -> {
            var id = message.text("MsgId");
            return said(message, id.isEmpty() ? event(message) : id, parts);
        });
    }

    private Optional<List<Part>> parts(XmlElement message, String type, Duration patience) {
        return switch (type) {
            case "image" -> file(message, Part.Media.Kind.IMAGE, type, patience);
            case "voice" -> file(message, Part.Media.Kind.VOICE, type, patience);
            case "video" -> file(message, Part.Media.Kind.VIDEO, type, patience);
            case "file" -> file(message, Part.Media.Kind.FILE, type, patience);
            case "text" -> words(type, message.text("Content"));
            case "location" -> words(type, location(message));
            case "link" ->
                words(type, joined("\n", message.text("Title"), message.text("Description"), message.text("Url")));
            default -> words(type, "");
        };
    }

    private Optional<List<Part>> file(XmlElement message, Part.Media.Kind kind, String type, Duration patience) {
        return media.take(message.text("MediaId"), kind, type, patience).map(List::of);
    }

    private static Optional<List<Part>> words(String type, String words) {
        return Optional.of(List.of(
                words.isBlank() ? new Part.Unsupported(type.isEmpty() ? "message" : type) : new Part.Text(words)));
    }

    private static String location(XmlElement message) {
        return joined(
                " ",
                "📍",
                message.text("Label"),
                "(" + message.text("Location_X") + ", " + message.text("Location_Y") + ")");
    }

    /** What somebody said by tapping a button. */
    static Incoming tapped(XmlElement event, String words) {
        return said(event, event(event), List.of(new Part.Text(words)));
    }

    private static Incoming said(XmlElement message, String id, List<Part> parts) {
        var member = message.text("FromUserName");
        var contact = new Contact(member, true, "", Map.of());
        return new Incoming(id, member, contact, parts, at(message), Optional.empty());
    }

    /** Events have no id, and two of one member may fall into one second. */
    private static String event(XmlElement event) {
        var names = Stream.of("FromUserName", "CreateTime", "Event", "EventKey", "TaskId", "ResponseCode")
                .map(event::text)
                .collect(Collectors.joining("|"));
        return names.length() <= 200 ? names : names.substring(0, 130) + "|" + Ids.digest(names);
    }

    static boolean isWhole(XmlElement message) {
        var member = message.text("FromUserName");
        return !member.isEmpty()
                && member.length() <= 200
                && message.text("MsgId").length() <= 200;
    }

    private static Instant at(XmlElement message) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(message.text("CreateTime")));
        } catch (NumberFormatException | DateTimeException _) {
            return Instant.EPOCH;
        }
    }

    private static String joined(String between, String... words) {
        return Stream.of(words).filter(one -> !one.isBlank()).collect(Collectors.joining(between));
    }
}
