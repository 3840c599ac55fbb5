package io.kefuhub.core.desk;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.kefuhub.core.conversation.Conversation;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A conversation as the inbox shows it. Immutable. */
public record Summary(
        UUID id,
        UUID desk,
        ChannelRef channel,
        ContactRef contact,
        String mode,
        Optional<PersonRef> assignee,
        String language,
        String lastText,
        Optional<String> lastAuthor,
        Instant lastAt,
        Optional<Instant> waitingSince,
        int unread,
        long feed,
        long seq,
        Optional<WindowView> window) {
    public record ChannelRef(String key, String title) {}

    public record ContactRef(
            UUID id,
            Optional<String> name,
            boolean verified,
            @JsonIgnore Map<String, String> attributes) {}

    static Summary of(Conversation conversation, ChannelRef channel, ContactRef contact, Optional<WindowView> window) {
        var standing = conversation.standing();
        var last = conversation.last();
        return new Summary(
                conversation.id().value(),
                conversation.place().desk().value(),
                channel,
                contact,
                standing.mode().name().toLowerCase(Locale.ROOT),
                standing.assignee().map(PersonRef::of),
                conversation.language().tag(),
                last.text(),
                last.author().isEmpty() ? Optional.empty() : Optional.of(EventView.author(last.author())),
                last.at(),
                standing.waitingSince(),
                conversation.marks().unread(),
                conversation.marks().feed(),
                conversation.marks().seq(),
                window);
    }
}
