package io.kefuhub.core;

import io.kefuhub.core.answering.AnswerMetrics;
import io.kefuhub.core.answering.Customers;
import io.kefuhub.core.answering.Histories;
import io.kefuhub.core.answering.HubWords;
import io.kefuhub.core.answering.Lanes;
import io.kefuhub.core.answering.Responders;
import io.kefuhub.core.answering.Sentences;
import io.kefuhub.core.answering.TurnParts;
import io.kefuhub.core.answering.TurnTimes;
import io.kefuhub.core.answering.Turns;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.Commit;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.LiveConversations;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.delivery.Chunks;
import io.kefuhub.core.delivery.Courier;
import io.kefuhub.core.delivery.Drafts;
import io.kefuhub.core.delivery.Replies;
import io.kefuhub.core.delivery.RetryPlan;
import io.kefuhub.core.delivery.Reviewing;
import io.kefuhub.core.delivery.Signs;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.intake.Intake;
import io.kefuhub.core.intake.ServingChannels;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.telemetry.ChannelWatch;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The three legs of a message, joined: taken in, answered, handed over. Each ends in the database; what joins them here
 * only wakes the next.
 */
final class Conversing implements AutoCloseable {
    final Topic<Commit> commits = new Topic<>("commits");
    final Topic<Presence> presences = new Topic<>("presences");
    final Journal journal;
    final LiveConversations live;
    final Customers customers;
    final Replies replies;
    final Reviewing reviewing;
    final Lanes lanes;
    final Intake intake;
    final Courier courier;
    final Interpreting.Joined interpreting;

    Conversing(
            Database database,
            Ids ids,
            Clock clock,
            Contributions contributions,
            Guard guard,
            FilterChain filters,
            ServingChannels channels,
            Function<Conversation.Place, Customers.Names> names,
            TurnParts.Candidates candidates,
            Sentences sentences,
            AnswerMetrics metrics,
            Interpreting interpreters,
            ChannelWatch watch,
            Supplier<TurnTimes> times) {
        journal = new Journal(database.writer(), commits, ids, clock);
        live = new LiveConversations(database, commits, presences);
        customers = new Customers(database, names);
        interpreting = interpreters.join(journal);
        var interpreter = interpreting.interpreter();
        replies = new Replies(journal, filters, ids, channels::abilities, interpreter);
        reviewing = new Reviewing(
                journal,
                replies,
                filters,
                ids,
                new Reviewing.Words(
                        conversation -> say(HubWords.REFUSED, conversation, sentences, names),
                        conversation -> say(HubWords.OFFER_PERSON, conversation, sentences, names)));
        var responders = new Responders(contributions, guard);
        lanes = new Lanes(
                new Turns(new TurnParts(
                        filters,
                        interpreter,
                        responders,
                        replies,
                        new Drafts(
                                filters,
                                guard,
                                channels::serving,
                                presences,
                                new Chunks(database, journal, filters, ids, replies),
                                metrics::heldBack),
                        new Signs(presences, replies, channels::serving, guard),
                        customers,
                        new Histories(database),
                        candidates,
                        sentences,
                        times,
                        metrics,
                        clock)),
                database);
        journal.listen(lanes::committed);
        intake = new Intake(journal, ids, new ChangedMessages(database, filters, customers, interpreter));
        courier = new Courier(database, journal, guard, channels::serving, clock, RetryPlan.USUAL, commits, watch);
    }

    private static String say(
            HubWords what,
            Conversation conversation,
            Sentences sentences,
            Function<Conversation.Place, Customers.Names> names) {
        return sentences.say(what, names.apply(conversation.place()).desk(), conversation.language());
    }

    /** Finds and finishes what the last end of the hub left. */
    void recover() {
        courier.recover();
        lanes.recover();
    }

    @Override
    public void close() {
        lanes.close();
        courier.close();
        commits.close();
        presences.close();
    }
}
