package io.kefuhub.channel.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.channel.web.frame.ClientFrame;
import io.kefuhub.channel.web.frame.ClientFrame.SentPart;
import io.kefuhub.channel.web.frame.ServerFrame;
import io.kefuhub.channel.web.frame.ServerFrame.Event;
import io.kefuhub.channel.web.frame.ServerFrame.PartView;
import io.kefuhub.channel.web.frame.Wire;
import io.kefuhub.channel.web.identity.TestTokens;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of a socket, whichever way its frames are written. */
interface SocketContract {
    Wire wire();

    @Test
    default void a_visitor_who_says_nothing_leaves_no_row() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);

            var welcome = line.hears(ServerFrame.Welcome.class);
            assertThat(welcome.conversation()).isEmpty();
            assertThat(welcome.lastSeq()).isZero();
            assertThat(world.context.store().contents()).isEmpty();
            assertThat(world.context.conversations().incoming()).isEmpty();
        }
    }

    @Test
    default void the_store_knows_a_token_by_its_hash_only() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            anna.resumes(0).send("a1", "A");

            assertThat(world.context.store().contents().toString())
                    .contains("session:")
                    .doesNotContain(anna.token().substring(3));
        }
    }

    @Test
    default void a_ticket_opens_one_socket_and_only_in_time() throws Exception {
        try (var world = new World()) {
            var ticket = world.session("{}").text("ticket");
            assertThat(world.upgrade(wire(), ticket)).isInstanceOf(Upgrade.Opened.class);
            assertThat(status(world.upgrade(wire(), ticket))).isEqualTo(401);
            assertThat(status(world.upgrade(wire(), "tk_forged"))).isEqualTo(401);

            var late = world.session("{}").text("ticket");
            world.context.clock().move(Duration.ofSeconds(30));
            assertThat(status(world.upgrade(wire(), late))).isEqualTo(401);
        }
    }

    @Test
    default void a_foreign_page_gets_no_socket() throws Exception {
        try (var world = new World()) {
            for (var origin :
                    List.of("https://evil.example", "null", "http://hub.example", "https://hub.example.evil")) {
                var ticket = world.session("{}").text("ticket");
                var call = World.socket(wire(), ticket).withHeader("Origin", origin);
                assertThat(status(world.channel().live(call.call()))).as(origin).isEqualTo(403);
            }
        }
    }

    @Test
    default void a_socket_without_a_subprotocol_is_refused() throws Exception {
        try (var world = new World()) {
            var call = World.socket(wire(), world.session("{}").text("ticket"))
                    .withHeader("Sec-WebSocket-Protocol", "chat, superchat");

            assertThat(status(world.channel().live(call.call()))).isEqualTo(400);
        }
    }

    @Test
    default void the_hub_is_told_the_limits_of_frames_and_of_what_waits() throws Exception {
        try (var world = new World()) {
            var opened =
                    (Upgrade.Opened) world.upgrade(wire(), world.session("{}").text("ticket"));

            assertThat(opened.subprotocol()).isEqualTo(wire().codec().subprotocol());
            assertThat(opened.limits()).isEqualTo(new Upgrade.Limits(16 * 1024, 256 * 1024));
        }
    }

    @Test
    default void nonsense_closes_with_4000_and_the_wrong_kind_with_1003() {
        try (var world = new World()) {
            var isText = wire().encode(new ClientFrame.Pong()) instanceof String;
            var nonsense = new Browser(world, wire()).resumes(0);
            nonsense.sends(isText ? "{nonsense" : new byte[] {0x12, 0x7f, 0x01});
            var wrong = new Browser(world, wire()).resumes(0);
            wrong.sends(isText ? new byte[] {1} : "{}");

            assertThat(nonsense.closeCode()).isEqualTo(4000);
            assertThat(wrong.closeCode()).isEqualTo(1003);
        }
    }

    @Test
    default void a_frame_of_a_later_protocol_is_ignored() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);
            line.says(new ClientFrame.Unknown());
            line.says(new ClientFrame.Ping(7));

            assertThat(line.hears(ServerFrame.Pong.class).id()).isEqualTo(7);
            assertThat(line.isOpen()).isTrue();
        }
    }

    @Test
    default void a_hello_must_come_within_five_seconds() {
        try (var world = new World()) {
            var mute = new Browser(world, wire()).connects();
            world.context.clock().move(Duration.ofSeconds(4));
            assertThat(mute.isOpen()).isTrue();
            world.context.clock().move(Duration.ofSeconds(1));
            assertThat(mute.closeCode()).isEqualTo(4000);
        }
    }

    @Test
    default void nothing_can_be_sent_before_hello() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).connects();
            line.send("a1", "A");

            assertThat(line.hears(ServerFrame.Error.class).code()).isEqualTo("hello_first");
            assertThat(world.context.conversations().incoming()).isEmpty();
        }
    }

    @Test
    default void silence_is_pinged_after_25_seconds_and_ended_after_60() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);
            world.context.clock().move(Duration.ofSeconds(24));
            assertThat(line.heard()).noneMatch(ServerFrame.Ping.class::isInstance);
            world.context.clock().move(Duration.ofSeconds(1));
            assertThat(line.heard()).anyMatch(ServerFrame.Ping.class::isInstance);
            line.says(new ClientFrame.Pong());
            world.context.clock().move(Duration.ofSeconds(59));
            assertThat(line.isOpen()).isTrue();
            world.context.clock().move(Duration.ofSeconds(1));
            assertThat(line.closeCode()).isEqualTo(1001);
        }
    }

    @Test
    default void anothers_conversation_and_one_that_never_was_look_the_same() {
        try (var world = new World()) {
            var anna = new Browser(world, wire()).resumes(0);
            anna.send("a1", "secret");
            var foreign = anna.hears(ServerFrame.Ok.class).conversation();

            for (var id : List.of(foreign, "c_never")) {
                var bob = new Browser(world, wire()).connects();
                bob.hello(Optional.of(id), 0);
                assertThat(bob.hears(ServerFrame.Error.class).code()).isEqualTo("not_found");
                assertThat(bob.seqs()).isEmpty();
            }
        }
    }

    @Test
    default void what_cannot_be_sent_is_answered_and_the_line_stays() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);
            var cases = Map.of(
                    "too_long", List.<SentPart>of(new SentPart.Text("汉".repeat(4001))),
                    "empty", List.<SentPart>of(new SentPart.Text(" \n\u0000 ")),
                    "unsupported", List.<SentPart>of(new SentPart.Unknown("video")),
                    "unknown_upload", List.<SentPart>of(new SentPart.File("f_1.9999999999.aa")),
                    "too_many_parts",
                            IntStream.range(0, 12)
                                    .<SentPart>mapToObj(_ -> new SentPart.Text("x"))
                                    .toList());
            cases.forEach((code, parts) -> {
                line.says(new ClientFrame.Send(5, "c", parts, Optional.empty()));
                assertThat(line.hears(
                                        ServerFrame.Error.class,
                                        error -> error.code().equals(code))
                                .retry())
                        .isFalse();
            });
            line.send("way-too-long-".repeat(4), "x");
            line.hears(ServerFrame.Error.class, error -> error.code().equals("bad_cid"));

            assertThat(line.isOpen()).isTrue();
            assertThat(world.context.conversations().incoming()).isEmpty();
        }
    }

    @Test
    default void a_message_shows_which_one_it_replies_to() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);
            line.send("a1", "A");
            var conversation = line.hears(ServerFrame.Ok.class).conversation();
            var answer = world.context.conversations().agentSays(conversation, "小李", "which <b>one</b>?");
            line.says(new ClientFrame.Send(7, "a2", List.of(new SentPart.Text("this one")), Optional.of(answer)));

            var shown = line.hears(
                    Event.MessageShown.class, event -> event.message().cid().equals("a2"));
            assertThat(shown.message().replyTo())
                    .contains(new ServerFrame.QuoteView(
                            answer, new ServerFrame.AuthorView("agent", "小李"), "which <b>one</b>?"));
        }
    }

    @Test
    default void a_message_that_replies_to_anothers_or_to_none_is_refused_and_stored_nowhere() {
        try (var world = new World()) {
            var bob = new Browser(world, wire()).resumes(0);
            bob.send("b1", "secret");
            var foreign = bob.hears(ServerFrame.Ok.class).messageId();
            var anna = new Browser(world, wire()).resumes(0);
            var rows = world.context.store().contents();

            for (var id : List.of(foreign, "m_never")) {
                anna.says(new ClientFrame.Send(5, "first", List.of(new SentPart.Text("x")), Optional.of(id)));
                assertThat(anna.hears(ServerFrame.Error.class, error -> error.id() == 5))
                        .satisfies(error -> assertThat(error.code()).isEqualTo("unknown_message"))
                        .satisfies(error -> assertThat(error.retry()).isFalse());
                assertThat(world.context.store().contents()).isEqualTo(rows);
                anna.send("a-" + id, "A");
                anna.says(new ClientFrame.Send(6, "later", List.of(new SentPart.Text("x")), Optional.of(id)));
                anna.hears(
                        ServerFrame.Error.class,
                        error -> error.id() == 6 && error.code().equals("unknown_message"));
                rows = world.context.store().contents();
            }

            assertThat(world.context.conversations().incoming())
                    .extracting(message -> message.externalId().replaceFirst("^[^:]*:", ""))
                    .doesNotContain("first", "later");
        }
    }

    @Test
    default void markup_in_a_text_stays_text_and_half_characters_are_mended() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);
            line.send("a1", "<script>alert('x')</script>\u0000 😀");

            var shown = line.hears(Event.MessageShown.class).message().parts();
            assertThat(shown).containsExactly(new ServerFrame.PartView.Text("<script>alert('x')</script> 😀"));
        }
    }

    @Test
    default void a_message_that_could_not_be_stored_may_be_sent_again() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);
            world.context.inbox().refuseNext("the database is away", true);
            line.send("a1", "A");
            assertThat(line.hears(ServerFrame.Error.class).retry()).isTrue();
            line.send("a1", "A");

            assertThat(line.hears(ServerFrame.Ok.class).seq()).isEqualTo(1);
        }
    }

    @Test
    default void a_first_message_while_the_database_is_away_is_answered_and_may_be_sent_again() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);
            world.context.store().away(true);
            line.send("a1", "A");
            assertThat(line.hears(ServerFrame.Error.class).retry()).isTrue();
            world.context.store().away(false);
            line.send("a1", "A");

            assertThat(line.hears(ServerFrame.Ok.class).seq()).isEqualTo(1);
        }
    }

    @Test
    default void ten_messages_in_ten_seconds_and_no_more() {
        try (var world = new World(Map.of("messages-per-10s", "10", "messages-per-10min", "12"))) {
            var line = new Browser(world, wire()).resumes(0);
            for (var n = 0; n < 10; n++) line.send("a" + n, "x");
            var eleventh = line.send("b", "x");
            assertThat(line.hears(ServerFrame.Error.class, error -> error.code().equals("rate_limited"))
                            .id())
                    .isEqualTo(eleventh);
            world.context.clock().move(Duration.ofSeconds(10));
            line.send("b", "x");
            line.send("c", "x");
            var thirteenth = line.send("d", "x");
            line.hears(ServerFrame.Error.class, error -> error.id() == thirteenth);

            assertThat(world.context.conversations().incoming()).hasSize(12);
        }
    }

    @Test
    default void too_many_frames_in_a_second_close_with_4029() {
        try (var world = new World(Map.of("frames-per-second", "20"))) {
            var line = new Browser(world, wire()).resumes(0);
            for (var n = 0; n < 19; n++) line.says(new ClientFrame.Ping(n));
            assertThat(line.isOpen()).isTrue();
            line.says(new ClientFrame.Ping(20));
            assertThat(line.closeCode()).isEqualTo(4029);
        }
    }

    @Test
    default void a_sixth_tab_ends_the_first_one() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            var lines = IntStream.range(0, 6).mapToObj(_ -> anna.resumes(0)).toList();

            assertThat(lines.getFirst().closeCode()).isEqualTo(4009);
            assertThat(lines.subList(1, 6)).allMatch(Line::isOpen);
        }
    }

    @Test
    default void a_full_hub_says_503_and_a_full_address_429() throws Exception {
        try (var world = new World(Map.of("connections", "3", "connections-per-address", "2"))) {
            new Browser(world, wire()).connects();
            var second = new Browser(world, wire()).connects();
            var third = world.upgrade(wire(), world.session("{}").text("ticket"));
            assertThat(status(third)).isEqualTo(429);
            assertThat(reply(third).headers()).containsKey("Retry-After");
            second.breaks();
            new Browser(world, wire()).connects();
        }
        try (var world = new World(Map.of("connections", "1"))) {
            new Browser(world, wire()).connects();
            var second = world.upgrade(wire(), world.session("{}").text("ticket"));
            assertThat(status(second)).isEqualTo(503);
            assertThat(reply(second).headers()).containsKey("Retry-After");
        }
    }

    @Test
    default void who_was_promised_a_socket_has_a_place_however_many_come_before_it_opens() throws Exception {
        try (var world = new World(Map.of("connections", "1"))) {
            var anna = opened(world.upgrade(wire(), world.session("{}").text("ticket")));

            var bob = world.upgrade(wire(), world.session("{}").text("ticket"));
            assertThat(status(bob)).isEqualTo(503);

            var line = new Line(wire(), anna.handler());
            line.hello(Optional.empty(), 0);
            line.hears(ServerFrame.Welcome.class);
            assertThat(line.isOpen()).isTrue();
        }
    }

    @Test
    default void a_socket_that_never_opened_gives_its_place_back() throws Exception {
        try (var world = new World(Map.of("connections", "2", "connections-per-address", "1"))) {
            for (var n = 0; n < 3; n++) {
                var anna = opened(world.upgrade(wire(), world.session("{}").text("ticket")));
                anna.handler().onClose(1006);
            }

            assertThat(new Browser(world, wire()).resumes(0).isOpen()).isTrue();
        }
    }

    @Test
    default void who_never_says_hello_loses_the_place_to_the_next() throws Exception {
        try (var world = new World(Map.of("connections", "1"))) {
            var mute = new Browser(world, wire()).connects();
            world.context.clock().move(Duration.ofSeconds(5));
            assertThat(mute.closeCode()).isEqualTo(4000);
            assertThat(status(world.upgrade(wire(), world.session("{}").text("ticket"))))
                    .as("until the hub says that the socket is gone")
                    .isEqualTo(503);

            mute.breaks();

            assertThat(new Browser(world, wire()).resumes(0).isOpen()).isTrue();
        }
    }

    @Test
    default void state_typing_drafts_and_read_marks_reach_the_client() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);
            line.send("a1", "在吗");
            var conversation = line.hears(ServerFrame.Ok.class).conversation();
            line.until(1);
            var hub = world.context.conversations();
            hub.botDrafts(conversation, "a_7", "您的订单");
            hub.settle();
            hub.botAnswers(conversation, "a_7", "您的订单正在路上");
            hub.change(conversation, Timeline.State.WITH_AGENT, "小李");
            hub.agentTypes(conversation, "小李", true);
            hub.agentReads(conversation, 1);

            line.until(4);
            assertThat(line.hears(ServerFrame.Draft.class)).isEqualTo(new ServerFrame.Draft("a_7", "您的订单"));
            assertThat(line.hears(ServerFrame.Typing.class).author().name()).isEqualTo("小李");
            assertThat(line.hears(Event.StateShown.class)).isEqualTo(new Event.StateShown(3, "with_agent", "小李"));
            assertThat(line.hears(Event.ReadShown.class).upTo()).isEqualTo(1);
            assertThat(line.hears(Event.MessageShown.class, shown -> shown.seq() == 2)
                            .message()
                            .answer())
                    .isEqualTo("a_7");
        }
    }

    @Test
    default void that_somebody_is_at_work_reaches_the_client_as_typing_and_with_what_is_said_meanwhile() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);
            line.send("a1", "在吗");
            var conversation = line.hears(ServerFrame.Ok.class).conversation();
            line.until(1);
            var hub = world.context.conversations();
            var offers = List.of(new Part.Menu.Option("entry:1", "怎么退货？"));

            hub.botWorks(conversation, new Timeline.Work("a_7", true, "", List.of()));
            hub.botWorks(conversation, new Timeline.Work("a_7", true, "您想问的是不是：", offers));
            hub.botWorks(conversation, new Timeline.Work("a_7", false, "", List.of()));

            assertThat(line.hears(ServerFrame.Typing.class).author().kind()).isEqualTo("bot");
            assertThat(line.hears(ServerFrame.Working.class, ServerFrame.Working::on))
                    .isEqualTo(new ServerFrame.Working(
                            "a_7", true, "您想问的是不是：", List.of(new PartView.Option("entry:1", "怎么退货？"))));
            assertThat(line.hears(ServerFrame.Working.class, working -> !working.on())
                            .options())
                    .isEmpty();
            assertThat(line.hears(ServerFrame.Typing.class, typing -> !typing.on())
                            .author()
                            .kind())
                    .isEqualTo("bot");
        }
    }

    @Test
    default void the_customers_typing_and_reading_reach_the_hub() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            var line = anna.resumes(0);
            line.says(new ClientFrame.Typing(true));
            assertThat(world.context.inbox().typings()).isEmpty();
            line.send("a1", "A");
            line.until(1);
            world.context
                    .conversations()
                    .botSays(line.hears(ServerFrame.Ok.class).conversation(), "hi");
            line.until(2);
            line.says(new ClientFrame.Typing(true));
            line.says(new ClientFrame.Read(99));

            assertThat(world.context.inbox().typings()).hasSize(1);
            var thread = world.context.inbox().typings().getFirst().thread();
            assertThat(world.context.timeline().find(thread).orElseThrow().customerReadSeq())
                    .isEqualTo(2);
        }
    }

    @Test
    default void a_visitor_who_identifies_goes_on_as_the_customer_everywhere() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            var first = anna.resumes(0);
            var second = anna.resumes(0);
            first.send("a1", "A");
            var conversation = first.hears(ServerFrame.Ok.class).conversation();
            second.until(1);

            first.says(new ClientFrame.Identify(9, TestTokens.identity("user-42", World.SECRET)));
            first.hears(ServerFrame.Done.class, done -> done.id() == 9);
            var replaced = second.hears(ServerFrame.Replaced.class);
            anna.token(replaced.token());
            first.send("a1", "A");
            first.send("b1", "B");

            assertThat(replaced.conversation()).contains(conversation);
            assertThat(second.until(2).seqs()).containsExactly(1L, 2L);
            assertThat(world.context.conversations().incoming()).hasSize(2);
            assertThat(world.context
                            .conversations()
                            .contact("user-42")
                            .orElseThrow()
                            .verified())
                    .isTrue();
            var phone = new Browser(world, wire());
            phone.visits(",\"identity\":\"" + TestTokens.identity("user-42", World.SECRET) + "\"");
            assertThat(phone.resumes(0).until(2).seqs()).containsExactly(1L, 2L);
        }
    }

    @Test
    default void a_forged_identity_changes_nothing() {
        try (var world = new World()) {
            var line = new Browser(world, wire()).resumes(0);
            line.says(new ClientFrame.Identify(9, TestTokens.identity("user-42", "guessed")));
            line.says(new ClientFrame.Identify(10, TestTokens.unsigned("user-42")));

            line.hears(
                    ServerFrame.Error.class,
                    error -> error.id() == 9 && error.code().equals("identity_refused"));
            line.hears(
                    ServerFrame.Error.class,
                    error -> error.id() == 10 && error.code().equals("identity_refused"));
            assertThat(world.context.store().contents()).isEmpty();
            assertThat(line.isOpen()).isTrue();
        }
    }

    @Test
    default void a_logout_ends_every_tab_and_the_token() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            var line = anna.resumes(0);
            line.send("a1", "A");

            assertThat(anna.posts("/logout", "").status()).isEqualTo(204);

            assertThat(line.closeCode()).isEqualTo(4001);
            assertThat(anna.gets(World.get("/events")).status()).isEqualTo(401);
            assertThat(world.call(World.post("/session", "{\"token\":\"" + anna.token() + "\"}"))
                            .status())
                    .isEqualTo(401);
            world.kill();
            assertThat(anna.gets(World.get("/events")).status()).isEqualTo(401);
        }
    }

    @Test
    default void a_swap_sends_everybody_away_to_come_back() {
        try (var world = new World()) {
            var anna = new Browser(world, wire());
            var line = anna.resumes(0);
            line.send("a1", "A");
            world.restart();

            assertThat(line.hears(ServerFrame.Bye.class)).isEqualTo(new ServerFrame.Bye("restart", 1500));
            assertThat(line.closeCode()).isEqualTo(1001);
            assertThat(anna.resumes(0).until(1).seqs()).containsExactly(1L);
        }
    }

    @Test
    default void nothing_is_left_of_clients_that_have_gone() {
        try (var world = new World()) {
            var idle = world.context.tasks().underWay();
            var anna = new Browser(world, wire());
            var line = anna.resumes(0);
            line.send("a1", "A");
            var conversation = line.hears(ServerFrame.Ok.class).conversation();
            line.until(1);
            line.breaks();

            assertThat(world.context.conversations().followers(conversation)).isZero();
            assertThat(world.context.tasks().thrown()).isEmpty();
            assertThat(world.context.tasks().underWay()).isLessThanOrEqualTo(idle + 1);
        }
    }

    private static Upgrade.Opened opened(Upgrade upgrade) {
        return (Upgrade.Opened) upgrade;
    }

    private static int status(Upgrade upgrade) {
        return reply(upgrade).status();
    }

    private static WebReply reply(Upgrade upgrade) {
        return ((Upgrade.Refused) upgrade).reply();
    }
}
