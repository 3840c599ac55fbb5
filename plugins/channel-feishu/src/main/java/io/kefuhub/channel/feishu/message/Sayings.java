package io.kefuhub.channel.feishu.message;

import io.kefuhub.ai.exchange.Json;
import io.kefuhub.api.Store;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of the platform's messages is which of the hub's. Safe for threads. */
public final class Sayings {
    private static final Duration KEPT = Duration.ofDays(30);
    private static final int LOOKED_THROUGH = 200;

    private final Store store;
    private final Timeline timeline;

    public Sayings(Store store, Timeline timeline) {
        this.store = store;
        this.timeline = timeline;
    }

    /**
     * What the hub said.
     *
     * @param id the hub's own for the message
     */
    public record Said(String id, String thread) {}

    /** Notes under which name the platform keeps what the hub said. */
    public void note(String platformId, Said said) {
        if (platformId.isEmpty()) return;
        store.put("said:" + platformId, Json.write(Map.of("id", said.id(), "thread", said.thread())), KEPT);
    }

    /** Looks up what the hub said under the platform's name for it. */
    public Optional<Said> said(String platformId) {
        return store.get("said:" + platformId)
                .flatMap(Json::object)
                .map(one -> new Said(one.text("id", ""), one.text("thread", "")));
    }

    /** Notes what was said last in a thread that others read along, so that an answer can stand below it. */
    void heard(ThreadName thread, String platformId) {
        if (thread.isShared()) store.put("last:" + thread, platformId, KEPT);
    }

    /**
     * Returns the platform's message that a reply in a shared thread stands below.
     *
     * @param replyTo the external id of what is answered; may be empty
     */
    public Optional<String> anchor(ThreadName thread, String replyTo) {
        if (!thread.isShared()) return Optional.empty();
        return CustomerMessage.platformId(replyTo).or(() -> store.get("last:" + thread));
    }

    /** Finds the hub's id of a message that a customer of this thread quotes. */
    Optional<String> quoted(String platformId, String thread) {
        var ours = said(platformId).filter(said -> said.thread().equals(thread)).map(Said::id);
        if (ours.isPresent()) return ours;
        return recent(thread).stream()
                .filter(entry -> entry.externalId()
                        .flatMap(CustomerMessage::platformId)
                        .filter(platformId::equals)
                        .isPresent())
                .map(TimelineEvent.Entry::id)
                .findFirst();
    }

    /** Returns the place of a message in its conversation. */
    Optional<Long> place(Said said) {
        return events(said.thread()).stream()
                .filter(event -> event instanceof TimelineEvent.MessageAdded(var _, var entry)
                        && entry.id().equals(said.id()))
                .map(TimelineEvent::seq)
                .findFirst();
    }

    private List<TimelineEvent.Entry> recent(String thread) {
        return events(thread).stream()
                .flatMap(event -> switch (event) {
                    case TimelineEvent.MessageAdded(var _, var entry) -> Stream.of(entry);
                    case TimelineEvent.MessageUpdated(var _, var entry) -> Stream.of(entry);
                    case TimelineEvent.StateChanged _, TimelineEvent.ReadByAgent _ -> Stream.empty();
                })
                .toList();
    }

    private List<TimelineEvent> events(String thread) {
        return timeline.find(thread)
                .map(found -> timeline.before(found.conversationId(), Long.MAX_VALUE, LOOKED_THROUGH))
                .orElse(List.of());
    }
}
