package io.kefuhub.core.conversation;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAddress;
import io.kefuhub.core.database.GroupWriter;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.database.TestDatabase;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** A journal over a database of its own, with one desk and one channel. */
public final class ConversationFixture implements AutoCloseable {
    public final DatabaseAddress address = TestDatabase.freshAddress();
    public final Database database = TestDatabase.open(address);
    public final Ids ids = new Ids(Clock.systemUTC());
    public final Topic<Commit> commits = new Topic<>("commits");
    public final Topic<Presence> presences = new Topic<>("presences");
    public final Journal journal;
    public final DeskId desk;
    public final ChannelId channel;

    public ConversationFixture() {
        journal = journalOver(database.writer());
        desk = database.inTransaction(tx -> new Desks()
                .keep(tx, new Desk(new DeskId(ids.next()), "main", Map.of(), Language.ZH_CN, true, Optional.empty())));
        channel = database.inTransaction(tx -> new ChannelInstances()
                .keep(
                        tx,
                        new ChannelInstance(
                                new ChannelId(ids.next()),
                                "wk_test",
                                "Test",
                                "web",
                                desk,
                                Map.of(),
                                true,
                                Optional.empty())));
    }

    Journal journalOver(GroupWriter writer) {
        return new Journal(writer, commits, ids, Clock.systemUTC());
    }

    public Journal.Threaded thread(String name) {
        return new Journal.Threaded(desk, channel, name, Contact.anonymous(name), Language.ZH_CN);
    }

    public CompletableFuture<Journal.Written<Long>> says(String thread, String externalId, String text) {
        return says(journal, thread, externalId, text);
    }

    CompletableFuture<Journal.Written<Long>> says(Journal by, String thread, String externalId, String text) {
        return by.write(thread(thread), externalId, new Step<Long>() {
            @Override
            public Long write(Page page) {
                return page.say(utterance(Speaker.CUSTOMER, MessageState.RECEIVED, externalId, text))
                        .orElse(0);
            }

            @Override
            public Long repeated(Page page, Messages.Earlier earlier) {
                return earlier.seq();
            }
        });
    }

    public Utterance utterance(Speaker speaker, MessageState state, String externalId, String text) {
        return new Utterance(
                new MessageId(ids.next()),
                speaker,
                List.of(new Part.Text(text)),
                state,
                externalId,
                Optional.empty(),
                Optional.empty());
    }

    public static OptionalLong seq(FeedEvent event) {
        return event.seq();
    }

    @Override
    public void close() {
        commits.close();
        presences.close();
        database.close();
    }
}
