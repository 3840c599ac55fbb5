package io.kefuhub.channel.web.frame;

import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.channel.web.frame.ClientFrame.SentPart;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Frames as JSON text. */
public final class JsonCodec implements Codec {
    @Override
    public String subprotocol() {
        return "hub.widget.1";
    }

    @Override
    public ClientFrame decode(byte[] bytes) throws BadFrame {
        throw new BadFrame(BadFrame.WRONG_KIND, "this subprotocol is text");
    }

    @Override
    public ClientFrame decode(String text) throws BadFrame {
        var frame = Json.read(text);
        var id = frame.number("id", 0);
        return switch (frame.text("t")) {
            case "hello" ->
                new ClientFrame.Hello(
                        id,
                        frame.find("conversation").filter(name -> !name.isEmpty()),
                        frame.number("after", 0),
                        new HashSet<>(frame.texts("caps")));
            case "send" -> new ClientFrame.Send(id, frame.text("cid"), parts(frame), replyTo(frame));
            case "read" -> new ClientFrame.Read(frame.number("upTo"));
            case "typing" -> new ClientFrame.Typing(frame.flag("on"));
            case "identify" -> new ClientFrame.Identify(id, frame.text("identity"));
            case "ping" -> new ClientFrame.Ping(id);
            case "pong" -> new ClientFrame.Pong();
            default -> new ClientFrame.Unknown();
        };
    }

    /** Reads the {@code parts} of a message that is being sent. */
    public static List<SentPart> parts(JsonObject message) throws BadFrame {
        var parts = new ArrayList<SentPart>();
        for (var part : message.objects("parts")) {
            var type = part.text("type");
            parts.add(
                    switch (type) {
                        case "text" -> new SentPart.Text(part.text("text"));
                        case "file" -> new SentPart.File(part.text("uploadId"));
                        default -> new SentPart.Unknown(type);
                    });
        }
        return parts;
    }

    /** Reads which message one that is being sent replies to. */
    public static Optional<String> replyTo(JsonObject message) throws BadFrame {
        return message.find("replyTo").filter(id -> !id.isEmpty());
    }

    @Override
    public void send(LiveSocket socket, ServerFrame frame) {
        socket.sendText(JsonFrames.write(frame));
    }
}
