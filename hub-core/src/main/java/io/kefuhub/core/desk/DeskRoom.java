package io.kefuhub.core.desk;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.LiveConversations;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.delivery.Replies;
import io.kefuhub.core.delivery.Reviewing;
import io.kefuhub.core.desk.review.Review;
import io.kefuhub.core.desk.review.ReviewRoutes;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.filtering.Sight;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Gate;
import io.kefuhub.core.web.RouteModule;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/** Everything agents work with, put together. Close it before the web server, so that streams end. */
public final class DeskRoom implements AutoCloseable {
    private final Inbox inbox;
    private final LiveFeed feed;
    private final List<RouteModule> routes;

    /**
     * What the desk works on.
     *
     * @param facts what filters are told around an agent's reply
     * @param allowances adds lines to what filters let pass
     * @param reviewers who decides about what filters keep; answers from memory
     * @param sight what agents see of it
     */
    public record Parts(
            Database database,
            Journal journal,
            Replies replies,
            HubFiles files,
            LiveConversations live,
            Topic<Commit> commits,
            Topic<Presence> presences,
            Function<Conversation, Facts> facts,
            Reviewing reviewing,
            Predicate<Caller> reviewers,
            Review.Allowances allowances,
            Sight sight,
            Gate gate,
            Clock clock) {}

    public DeskRoom(Parts parts, LiveFeed.Rhythm rhythm) {
        inbox = new Inbox(
                parts.database(),
                parts.sight(),
                parts.reviewers(),
                conversation ->
                        parts.replies().allowance(conversation, parts.clock().instant()));
        var agents = new Agents(parts.journal(), parts.presences());
        var speaking = new Speaking(parts.database(), parts.replies(), parts.files(), parts.facts());
        feed = new LiveFeed(inbox, parts.sight(), parts.live(), parts.commits(), parts.clock(), rhythm);
        var review =
                new Review(parts.database(), parts.reviewing(), inbox::summaries, parts.facts(), parts.allowances());
        routes = List.of(
                new ReviewRoutes(review, parts.reviewers(), parts.clock()),
                new ConversationRoutes(inbox, agents, speaking),
                new StreamRoutes(inbox, feed, parts.gate()),
                new FileRoutes(inbox, parts.files()));
    }

    public List<RouteModule> routes() {
        return routes;
    }

    /** Finds a conversation that the caller may see; the others are not found. */
    public Conversation conversation(Caller caller, UUID id) {
        return inbox.find(caller, id);
    }

    /** Tells those who set the hub up how its files fare. */
    public void provisioned(Provisioned now) {
        feed.stands("provisioning", now);
    }

    /** Tells those who set the hub up what of models and money wants a person. */
    public void concerned(Concerned now) {
        feed.stands("concerns", now);
    }

    /** How many consoles look at the live feed now. */
    public int watching() {
        return feed.watching();
    }

    @Override
    public void close() {
        feed.close();
    }
}
