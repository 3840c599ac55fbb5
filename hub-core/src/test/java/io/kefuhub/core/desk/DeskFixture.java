package io.kefuhub.core.desk;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.core.access.Passwords;
import io.kefuhub.core.access.Person;
import io.kefuhub.core.access.SessionRoutes;
import io.kefuhub.core.access.Sessions;
import io.kefuhub.core.access.Staff;
import io.kefuhub.core.audit.AuditLog;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.EventBody;
import io.kefuhub.core.conversation.Events;
import io.kefuhub.core.conversation.Hold;
import io.kefuhub.core.conversation.LiveConversations;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.delivery.Replies;
import io.kefuhub.core.delivery.Reviewing;
import io.kefuhub.core.desk.drafts.DraftKnowledge;
import io.kefuhub.core.desk.drafts.DraftRoutes;
import io.kefuhub.core.desk.drafts.Drafts;
import io.kefuhub.core.desk.review.Review;
import io.kefuhub.core.files.FileStore;
import io.kefuhub.core.files.HubFiles;
import io.kefuhub.core.files.StoredFiles;
import io.kefuhub.core.filtering.FilterChain;
import io.kefuhub.core.filtering.Sight;
import io.kefuhub.core.models.ModelGateway;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.models.Used;
import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Guard;
import io.kefuhub.core.plugin.life.Allowing;
import io.kefuhub.core.translation.Interpreter;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Browser;
import io.kefuhub.core.web.CallWatch;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Role;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.WebServer;
import io.kefuhub.core.web.WebSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A hub's desk with a server, one channel and as many agents as a test asks for. */
final class DeskFixture implements AutoCloseable {
    static final String PASSWORD = "correct horse battery";
    static final LiveFeed.Rhythm QUICK =
            new LiveFeed.Rhythm(Duration.ofMillis(250), Duration.ofMillis(400), Duration.ofMinutes(2));

    final ConversationFixture talk = new ConversationFixture();
    final AuditLog audit = new AuditLog();
    final Contributions contributions = new Contributions();
    final DeskRoom room;
    final WebServer server;

    /** Who proposes words, and what is known; a test says otherwise. */
    volatile Optional<String> draftAlias = Optional.empty();

    volatile ModelGateway models =
            (_, _, _) -> new ModelOutcome.NotAnswered(ModelOutcome.Why.NO_MODEL, "", Used.NOTHING);
    volatile DraftKnowledge knowledge = (_, _) -> List.of();

    /** How the channel sends; a test says otherwise. */
    volatile Abilities abilities = Abilities.readFromTimeline(4_000, new Abilities.Streaming.Whole());

    private final Passwords passwords = new Passwords();
    private final Staff staff = new Staff(talk.database, audit, passwords, talk.ids, Clock.systemUTC());

    DeskFixture(Path folder) {
        var sessions = new Sessions(talk.database, audit, passwords, Clock.systemUTC());
        var filters = new FilterChain(contributions, new Guard());
        var replies = new Replies(talk.journal, filters, talk.ids, _ -> Optional.of(abilities), Interpreter.NOBODY);
        var sight = new Sight(filters, _ -> "main", Clock.systemUTC());
        var words = new Reviewing.Words(_ -> "refused", _ -> "unanswered");
        room = new DeskRoom(
                new DeskRoom.Parts(
                        talk.database,
                        talk.journal,
                        replies,
                        new HubFiles(new FileStore(folder), new StoredFiles(), talk.database, Clock.systemUTC()),
                        new LiveConversations(talk.database, talk.commits, talk.presences),
                        talk.commits,
                        talk.presences,
                        conversation ->
                                new Facts("main", "wk_test", Language.ZH_CN, Map.of(), Instant.EPOCH, List.of()),
                        new Reviewing(talk.journal, replies, filters, talk.ids, words),
                        caller -> Access.SUPERVISOR.allows(caller.roles()),
                        new NoAllowances(),
                        sight,
                        sessions,
                        Clock.systemUTC()),
                QUICK);
        var modules = new ArrayList<RouteModule>(room.routes());
        modules.add(new SessionRoutes(sessions, false));
        modules.add(new DraftRoutes(
                new Drafts(
                        talk.database,
                        (question, sink, cancel) -> models.ask(question, sink, cancel),
                        () -> draftAlias,
                        (conversation, question) -> knowledge.on(conversation, question),
                        _ -> new Drafts.Place("main", "wk_test"),
                        Clock.systemUTC()),
                room::conversation,
                sight));
        server = new WebServer(WebSettings.local(0), sessions, CallWatch.NONE, modules).start();
    }

    private record NoAllowances() implements Review.Allowances {
        @Override
        public boolean can(String filter) {
            return false;
        }

        @Override
        public Allowing allow(String filter, String line, Caller caller) {
            return new Allowing.NoList();
        }
    }

    /** Somebody who has signed in. */
    Browser works(String login, Role role, UUID... desks) {
        return works(login, Set.of(role), desks);
    }

    Browser works(String login, Set<Role> roles, UUID... desks) {
        var person = new Person(
                new UUID(0, 0),
                login,
                login,
                roles,
                Set.of(desks),
                Language.EN,
                true,
                false,
                Optional.empty(),
                Optional.empty());
        staff.declare("people.yaml", person, PASSWORD, false);
        var browser = new Browser(server.port());
        assertThat(browser.signIn(login, PASSWORD).status()).isEqualTo(200);
        return browser;
    }

    /** A customer says something; returns the conversation. */
    UUID says(String thread, String text) {
        return talk.says(thread, thread + ":" + UUID.randomUUID(), text)
                .join()
                .conversation()
                .id()
                .value();
    }

    /** A customer asks for a person. */
    UUID waits(String thread, String text) {
        var id = says(thread, text);
        talk.journal
                .write(new ConversationId(id), Step.of(page -> {
                    page.enter(Mode.WAITING, Optional.empty());
                    return true;
                }))
                .join();
        return id;
    }

    /** A filter keeps the first message of a conversation. */
    void keeps(UUID id) {
        var conversation = new ConversationId(id);
        var said = talk.database.read(db -> new Events().after(db, conversation, 0, 1));
        var message = ((EventBody.Said) said.getFirst().body()).message();
        talk.journal
                .write(conversation, Step.of(page -> {
                    page.report(message, MessageState.HELD, Optional.of("{}"));
                    page.hold(message.id(), new Hold(Stage.CUSTOMER_IN, "words", "1", List.of("a"), "{}"));
                    return true;
                }))
                .join();
    }

    String path(UUID conversation, String action) {
        return "/api/conversations/" + conversation + "/" + action;
    }

    @Override
    public void close() {
        room.close();
        server.close();
        talk.close();
    }
}
