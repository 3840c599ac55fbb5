package io.kefuhub.channel.web.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kefuhub.channel.web.frame.ClientFrame.SentPart;
import io.kefuhub.channel.web.frame.ServerFrame.AuthorView;
import io.kefuhub.channel.web.frame.ServerFrame.Event;
import io.kefuhub.channel.web.frame.ServerFrame.PartView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What both ways of writing frames must do. */
interface CodecContract {
    Wire wire();

    /** A message of the other kind: bytes for a text codec, text for a binary one. */
    Object wrongKind();

    /** Messages that are no frames. */
    List<Object> garbage();

    @Test
    default void reads_every_frame_of_a_client() throws BadFrame {
        var frames = List.of(
                new ClientFrame.Hello(1, Optional.of("c_1"), 41, Set.of("draft")),
                new ClientFrame.Hello(2, Optional.empty(), 0, Set.of()),
                new ClientFrame.Send(
                        3,
                        "01HZX",
                        List.of(new SentPart.Text("你好 <script>"), new SentPart.File("f_1.9.ab")),
                        Optional.of("m_1")),
                new ClientFrame.Read(44),
                new ClientFrame.Typing(true),
                new ClientFrame.Typing(false),
                new ClientFrame.Identify(4, "a.b.c"),
                new ClientFrame.Ping(1L << 53),
                new ClientFrame.Pong());

        for (var frame : frames) assertThat(wire().read(wire().encode(frame))).isEqualTo(frame);
    }

    @Test
    default void writes_every_frame_of_the_hub() {
        var at = Instant.parse("2026-01-01T00:00:00.123Z");
        var agent = new AuthorView("agent", "小李");
        var message = new ServerFrame.MessageView(
                "m_1",
                "01HZX",
                new AuthorView("customer", ""),
                at,
                List.of(
                        new PartView.Text("</script><script>alert(1)</script>\u2028 😀"),
                        new PartView.File(
                                "f_1", "a \"b\".png", "image/png", 20_971_520, "/widget/1/wk/files/f_1?e=1&s=2"),
                        new PartView.Menu("您是想问", List.of(new PartView.Option("1", "怎么退货"))),
                        new PartView.Unsupported("sticker")),
                "a_7",
                Optional.empty());
        var reply = new ServerFrame.MessageView(
                "m_2",
                "",
                agent,
                at,
                List.of(new PartView.Text("好的")),
                "",
                Optional.of(new ServerFrame.QuoteView("m_1", agent, "\"您好\" <b>")));
        var wordless = new ServerFrame.MessageView(
                "m_3",
                "",
                agent,
                at,
                List.of(new PartView.Text("好的")),
                "",
                Optional.of(new ServerFrame.QuoteView("m_1", new AuthorView("customer", ""), "")));
        var frames = List.of(
                new ServerFrame.Welcome(1, Optional.of("c_1"), 42, 44, 25, new ServerFrame.Limits(4000, 20_971_520)),
                new ServerFrame.Welcome(1, Optional.empty(), 1, 0, 25, new ServerFrame.Limits(1, 1)),
                new Event.MessageShown(42, false, message),
                new Event.MessageShown(43, true, message),
                new Event.MessageShown(47, false, reply),
                new Event.MessageShown(48, false, wordless),
                new Event.StateShown(44, "with_agent", "小李"),
                new Event.StateShown(45, "closed", ""),
                new Event.ReadShown(46, 43),
                new ServerFrame.Ok(2, "m_1", 43, at, "c_1"),
                new ServerFrame.Done(3),
                new ServerFrame.Error(2, "too_long", false, "a text has 4000 characters at most"),
                new ServerFrame.Typing(true, agent),
                new ServerFrame.Draft("a_7", "您的订单正在"),
                new ServerFrame.Draft("a_7", ""),
                new ServerFrame.Working("a_7", true, "还在为您查询", List.of(new PartView.Option("entry:1", "怎么退货？"))),
                new ServerFrame.Working("a_7", false, "", List.of()),
                new ServerFrame.Ping(),
                new ServerFrame.Pong(4),
                new ServerFrame.Replaced("vt_x", Optional.of("c_1")),
                new ServerFrame.Replaced("vt_x", Optional.empty()),
                new ServerFrame.Reset(900),
                new ServerFrame.Bye("restart", 1500));

        for (var frame : frames) assertThat(wire().there_and_back(frame)).isEqualTo(frame);
    }

    @Test
    default void ignores_a_frame_of_a_later_protocol() throws BadFrame {
        assertThat(wire().read(wire().encode(new ClientFrame.Unknown()))).isEqualTo(new ClientFrame.Unknown());
    }

    @Test
    default void names_the_close_code_for_what_is_no_frame() {
        for (var message : garbage()) {
            var bad = catchThrowableOfType(BadFrame.class, () -> wire().read(message));
            assertThat(bad).as("%s", message).isNotNull();
            assertThat(bad.closeCode()).isEqualTo(4000);
        }
    }

    @Test
    default void closes_with_1003_on_a_message_of_the_wrong_kind() {
        var bad = catchThrowableOfType(BadFrame.class, () -> wire().read(wrongKind()));

        assertThat(bad.closeCode()).isEqualTo(1003);
    }
}
