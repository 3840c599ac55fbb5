package io.kefuhub.channel.web;

import io.kefuhub.api.StoredFile;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.channel.TimelineEvent;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.web.frame.ServerFrame.AuthorView;
import io.kefuhub.channel.web.frame.ServerFrame.Event;
import io.kefuhub.channel.web.frame.ServerFrame.MessageView;
import io.kefuhub.channel.web.frame.ServerFrame.PartView;
import io.kefuhub.channel.web.frame.ServerFrame.QuoteView;
import io.kefuhub.channel.web.identity.SignedLinks;
import java.time.InstantSource;
import java.util.function.Supplier;

/** Shows what happened as a client may see it: no ids of people, links that expire. Safe for threads. */
final class Views {
    private final String channel;
    private final Supplier<SignedLinks> links;
    private final InstantSource clock;

    Views(String channel, Supplier<SignedLinks> links, InstantSource clock) {
        this.channel = channel;
        this.links = links;
        this.clock = clock;
    }

    Event event(TimelineEvent event) {
        return switch (event) {
            case TimelineEvent.MessageAdded(var seq, var entry) -> new Event.MessageShown(seq, false, message(entry));
            case TimelineEvent.MessageUpdated(var seq, var entry) -> new Event.MessageShown(seq, true, message(entry));
            case TimelineEvent.StateChanged(var seq, var state, var agent) ->
                new Event.StateShown(seq, state(state), agent);
            case TimelineEvent.ReadByAgent(var seq, var upTo) -> new Event.ReadShown(seq, upTo);
        };
    }

    static String state(Timeline.State state) {
        return switch (state) {
            case BOT -> "bot";
            case WAITING_FOR_AGENT -> "waiting_for_agent";
            case WITH_AGENT -> "with_agent";
            case CLOSED -> "closed";
        };
    }

    private MessageView message(TimelineEvent.Entry entry) {
        var cid =
                entry.externalId().map(id -> id.substring(id.indexOf(':') + 1)).orElse("");
        return new MessageView(
                entry.id(),
                cid,
                author(entry.author()),
                entry.at(),
                entry.parts().stream().map(this::part).toList(),
                entry.answerId().orElse(""),
                entry.replyTo().map(quote -> new QuoteView(quote.id(), author(quote.author()), quote.text())));
    }

    private static AuthorView author(Author author) {
        return switch (author) {
            case Author.Customer() -> new AuthorView("customer", "");
            case Author.Bot() -> new AuthorView("bot", "");
            case Author.Agent(var name) -> new AuthorView("agent", name);
            case Author.Hub() -> new AuthorView("hub", "");
        };
    }

    private PartView part(Part part) {
        return switch (part) {
            case Part.Text(var value) -> new PartView.Text(value);
            case Part.Media(var _, var file) -> file(file);
            case Part.Menu(var text, var options) ->
                new PartView.Menu(
                        text,
                        options.stream()
                                .map(option -> new PartView.Option(option.id(), option.text()))
                                .toList());
            case Part.Unsupported(var type) -> new PartView.Unsupported(type);
        };
    }

    private PartView file(StoredFile file) {
        var url = "/widget/1/" + channel + "/files/" + file.id() + "?"
                + links.get().query(file.id(), clock.instant());
        return new PartView.File(file.id(), file.name(), file.mime(), file.size(), url);
    }
}
