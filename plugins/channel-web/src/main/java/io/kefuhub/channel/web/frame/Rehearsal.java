package io.kefuhub.channel.web.frame;

import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.channel.web.frame.ServerFrame.AuthorView;
import io.kefuhub.channel.web.frame.ServerFrame.Event;
import io.kefuhub.channel.web.frame.ServerFrame.Limits;
import io.kefuhub.channel.web.frame.ServerFrame.MessageView;
import io.kefuhub.channel.web.frame.ServerFrame.PartView;
import io.kefuhub.channel.web.frame.proto.Frame;
import io.kefuhub.channel.web.frame.proto.Part;
import io.kefuhub.channel.web.frame.proto.Send;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Writes and reads what a conversation consists of before the first customer does, so that nobody waits for classes to be
 * loaded while a generation takes over from the one before.
 */
public final class Rehearsal {
    /**
     * So often that the virtual machine has compiled the usual way quickly, and not so often that it begins to do so
     * thoroughly, which takes a processor for long.
     */
    private static final int ROUNDS = 25;

    /** Of every length of letter, so that what is compiled is right for all of them. */
    private static final String WORDS = "hello, 你好 é 🙂";

    private static final String TEXT =
            "{\"t\":\"send\",\"id\":2,\"cid\":\"c\",\"parts\":[{\"type\":\"text\",\"text\":\"" + WORDS + "\"}]}";
    private static final byte[] BINARY = Frame.newBuilder()
            .setId(2)
            .setSend(Send.newBuilder().setCid("c").addParts(Part.newBuilder().setText(WORDS)))
            .build()
            .toByteArray();

    private static final LiveSocket NOBODY = new LiveSocket() {
        @Override
        public void sendText(String text) {}

        @Override
        public void sendBinary(byte[] bytes) {}

        @Override
        public void close(int code, String reason) {}

        @Override
        public boolean isOpen() {
            return true;
        }
    };

    private Rehearsal() {}

    /** Plays it through; returns how many frames were read as they were meant. */
    public static int play() {
        var read = 0;
        var pace = new Pace();
        for (var round = 0; round < ROUNDS; round++) {
            read += read(TEXT) + read(BINARY);
            pace.step();
            for (var codec : List.of(new JsonCodec(), new ProtoCodec())) {
                for (var frame : frames(Instant.EPOCH.plusSeconds(round))) {
                    codec.send(NOBODY, frame);
                    pace.step();
                }
            }
        }
        return read;
    }

    private static int read(String text) {
        try {
            return new JsonCodec().decode(text) instanceof ClientFrame.Send ? 1 : 0;
        } catch (BadFrame e) {
            return 0;
        }
    }

    private static int read(byte[] bytes) {
        try {
            return new ProtoCodec().decode(bytes) instanceof ClientFrame.Send ? 1 : 0;
        } catch (BadFrame e) {
            return 0;
        }
    }

    private static List<ServerFrame> frames(Instant at) {
        var bot = new AuthorView("bot", "");
        var parts = List.<PartView>of(
                new PartView.Text(WORDS), new PartView.Menu("which?", List.of(new PartView.Option("1", "one"))));
        return List.of(
                new ServerFrame.Welcome(1, Optional.of("c"), 1, 2, 30, new Limits(1, 1)),
                new ServerFrame.Ok(2, "m", 1, at, "c"),
                new ServerFrame.Typing(true, bot),
                new Event.MessageShown(1, false, new MessageView("m", "c", bot, at, parts, "", Optional.empty())),
                new Event.StateShown(2, "bot", ""));
    }
}
