package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import io.kefuhub.api.message.Author;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.FeedEvent;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Quote;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.StoredMessage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Events as their customer may see them: no ids of agents, no traces, no notes. */
final class CustomerView {
    private CustomerView() {}

    static List<TimelineEvent> of(List<FeedEvent> events) {
        return events.stream().flatMap(CustomerView::of).toList();
    }

    private static Stream<TimelineEvent> of(FeedEvent event) {
        if (event.seq().isEmpty()) return Stream.empty();
        var seq = event.seq().getAsLong();
        return switch (event.body()) {
            case EventBody.Said(var message) -> Stream.of(new TimelineEvent.MessageAdded(seq, entry(message)));
            case EventBody.Changed(var message) -> Stream.of(new TimelineEvent.MessageUpdated(seq, entry(message)));
            case EventBody.Entered(var mode, var agent) ->
                Stream.of(new TimelineEvent.StateChanged(
                        seq, state(mode), agent.map(Assignee::name).orElse("")));
            case EventBody.Read(var _, var upTo) -> Stream.of(new TimelineEvent.ReadByAgent(seq, upTo));
            case EventBody.Noted _, EventBody.Languages _, EventBody.Rated _, EventBody.Reviewed _ -> Stream.empty();
        };
    }

    private static TimelineEvent.Entry entry(StoredMessage message) {
        var own = message.speaker().kind() == Speaker.Kind.CUSTOMER;
        return new TimelineEvent.Entry(
                message.id().toString(),
                author(message.speaker().kind(), message.speaker().name()),
                message.at(),
                message.shown(),
                own ? Optional.of(message.externalId()) : Optional.empty(),
                message.state() == MessageState.DISCARDED
                        ? Optional.empty()
                        : message.answers().map(Object::toString),
                message.replyTo().map(CustomerView::quote));
    }

    private static TimelineEvent.Quote quote(Quote quote) {
        return new TimelineEvent.Quote(quote.id().toString(), author(quote.author(), quote.name()), quote.text());
    }

    private static Author author(Speaker.Kind kind, String name) {
        return switch (kind) {
            case CUSTOMER -> new Author.Customer();
            case BOT -> new Author.Bot();
            case AGENT -> new Author.Agent(name);
            case HUB -> new Author.Hub();
        };
    }

    static Timeline.State state(Mode mode) {
        return switch (mode) {
            case BOT -> Timeline.State.BOT;
            case WAITING -> Timeline.State.WAITING_FOR_AGENT;
            case AGENT -> Timeline.State.WITH_AGENT;
            case CLOSED -> Timeline.State.CLOSED;
        };
    }
}
