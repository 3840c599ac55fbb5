package io.kefuhub.api.kit;

import io.kefuhub.api.StoredFile;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import java.util.List;
import java.util.Optional;

/** Messages to test with. */
public final class Messages {
    private static final int SHOWN = 30;

    private Messages() {}

    public static Message fromCustomer(String text) {
        return Message.of(text);
    }

    /** What no author of a plugin thinks of first. */
    public static List<Message> odd() {
        return List.of(
                Message.of("."),
                Message.of("怎么退货？"),
                Message.of("\u202Eabc\u0000\u200B"),
                Message.of("👩‍👩‍👧‍👦".repeat(50)),
                Message.of("<script>alert(1)</script>"),
                Message.of("x".repeat(20_000)),
                new Message(List.of(Part.Media.of(picture()))),
                new Message(List.of(new Part.Unsupported("sticker"))),
                new Message(List.of(new Part.Menu("Which one?", List.of(new Part.Menu.Option("1", "Returns"))))),
                new Message(List.of(new Part.Text("look"), Part.Media.of(picture()), new Part.Text("here"))));
    }

    /** What it is, in a few signs that can be shown. */
    static String brief(Message message) {
        var text = message.text();
        var start = text.substring(0, Math.min(SHOWN, text.length())).replaceAll("\\p{Cntrl}|\\p{Cf}", "·");
        if (!text.isEmpty()) return "“" + start + (text.length() > SHOWN ? "…”" : "”");
        var parts = message.parts().stream()
                .map(part -> part.getClass().getSimpleName())
                .toList();
        return parts.toString();
    }

    public static StoredFile picture() {
        return new StoredFile("f_0123456789abcdef", "parcel.png", "image/png", 1_024);
    }

    public static Incoming incoming(String externalId, String thread, String text) {
        return new Incoming(
                externalId,
                thread,
                Contact.anonymous(thread),
                List.of(new Part.Text(text)),
                FakeClock.START,
                Optional.empty());
    }
}
