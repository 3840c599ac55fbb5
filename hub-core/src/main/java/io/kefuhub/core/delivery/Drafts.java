package io.kefuhub.core.delivery;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.ChannelId;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.plugin.Asked;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Shows answers while they are made, to customers as their channel can and to agents that look on. No more of one is shown
 * than every filter of what is said allows. Safe for threads.
 */
public final class Drafts {
    private static final Optional<Duration> AT_ONCE = Optional.of(Duration.ZERO);

    private final FilterChain filters;
    private final Guard guard;
    private final Function<ChannelId, Optional<Slot<Channel>>> channels;
    private final Topic<Presence> presences;
    private final Chunks chunks;
    private final Runnable heldBack;

    /** @param heldBack told whenever filters let less be shown than there is */
    public Drafts(
            FilterChain filters,
            Guard guard,
            Function<ChannelId, Optional<Slot<Channel>>> channels,
            Topic<Presence> presences,
            Chunks chunks,
            Runnable heldBack) {
        this.filters = filters;
        this.guard = guard;
        this.channels = channels;
        this.presences = presences;
        this.chunks = chunks;
        this.heldBack = heldBack;
    }

    /**
     * Begins the answer to a question.
     *
     * @param facts asked for once, when the first words are there
     */
    public GrowingAnswer begin(Conversation conversation, StoredMessage question, Supplier<Facts> facts) {
        var abilities = channels.apply(conversation.place().channel())
                .flatMap(slot -> guard.abilities(slot).answer());
        var streaming = abilities.map(Abilities::streaming).orElseGet(Abilities.Streaming.Whole::new);
        var answer = question.id().toString();
        var release = new Release(conversation.id(), facts);
        GrowingAnswer.Screen live = text -> {
            presences.publish(new Presence.Drafted(conversation.id(), answer, text));
            return AT_ONCE;
        };
        return switch (streaming) {
            case Abilities.Streaming.Live _ -> new GrowingAnswer(streaming, release::of, live);
            case Abilities.Streaming.Whole _, Abilities.Streaming.Edits _, Abilities.Streaming.Fetched _ ->
                new GrowingAnswer(
                        streaming, release::of, new Revised(conversation.place(), answer, question.externalId(), live));
            case Abilities.Streaming.Chunks _ -> {
                var limit = abilities.map(Abilities::textLimit).orElse(Integer.MAX_VALUE);
                var chunked = new Chunked(
                        limit, (number, words) -> chunks.say(conversation, question, release.facts(), number, words));
                yield new GrowingAnswer(streaming, text -> chunked.next(text, release::of), chunked);
            }
        };
    }

    /** The last of some questions of which messages of an answer were said, and not its end. */
    public Optional<MessageId> begun(Conversation conversation, List<MessageId> questions) {
        return chunks.begun(conversation, questions);
    }

    /** How much of a text may be shown. One thread only. */
    private final class Release {
        private final ConversationId conversation;
        private final Supplier<Facts> facts;
        private Optional<Facts> known = Optional.empty();

        Release(ConversationId conversation, Supplier<Facts> facts) {
            this.conversation = conversation;
            this.facts = facts;
        }

        Facts facts() {
            if (known.isEmpty()) known = Optional.of(facts.get());
            return known.get();
        }

        String of(String text) {
            var end = filters.safeUntil(conversation, text, facts());
            if (end < text.length()) heldBack.run();
            // Never half of a character.
            if (end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) end--;
            return text.substring(0, end);
        }
    }

    /** Changes what was sent, or keeps what the platform fetches. One thread at a time. */
    private final class Revised implements GrowingAnswer.Screen {
        private final Conversation.Place place;
        private final String answer;
        private final String replyTo;
        private final GrowingAnswer.Screen agents;
        private int sequence;

        Revised(Conversation.Place place, String answer, String replyTo, GrowingAnswer.Screen agents) {
            this.place = place;
            this.answer = answer;
            this.replyTo = replyTo;
            this.agents = agents;
        }

        @Override
        public Optional<Duration> show(String text) {
            agents.show(text);
            var slot = channels.apply(place.channel());
            if (slot.isEmpty()) return AT_ONCE;
            var asked = guard.revise(slot.get(), new Draft(answer, place.thread(), replyTo, ++sequence, text));
            // What did not get through is in the next one; what never will is in the reply.
            return switch (asked) {
                case Asked.Answered<Delivered>(var delivered, var _) ->
                    switch (delivered) {
                        case Delivered.Done _ -> AT_ONCE;
                        case Delivered.RetryLater(var pause, var _) -> Optional.of(pause);
                        case Delivered.Undeliverable _, Delivered.Misconfigured _, Delivered.Unknown _ ->
                            Optional.empty();
                    };
                case Asked.Unavailable<Delivered> _ -> slot.get().isClosed() ? AT_ONCE : Optional.empty();
                case Asked.Failed<Delivered> _, Asked.Late<Delivered> _ -> Optional.empty();
            };
        }
    }
}
