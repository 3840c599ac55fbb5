package io.kefuhub.channel.web.frame;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.channel.web.frame.ClientFrame.SentPart;
import io.kefuhub.channel.web.frame.proto.Frame;
import io.kefuhub.channel.web.frame.proto.Part;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Frames as Protocol Buffers; see {@code hub_widget.proto}. */
public final class ProtoCodec implements Codec {
    @Override
    public String subprotocol() {
        return "hub.widget.1.proto";
    }

    @Override
    public ClientFrame decode(String text) throws BadFrame {
        throw new BadFrame(BadFrame.WRONG_KIND, "this subprotocol is binary");
    }

    @Override
    public ClientFrame decode(byte[] bytes) throws BadFrame {
        var frame = parse(bytes);
        var id = number(frame.getId(), "id");
        return switch (frame.getBodyCase()) {
            case HELLO -> {
                var hello = frame.getHello();
                yield new ClientFrame.Hello(
                        id,
                        nonEmpty(hello.getConversation()),
                        number(hello.getAfter(), "after"),
                        new HashSet<>(hello.getCapsList()));
            }
            case SEND -> {
                var send = frame.getSend();
                yield new ClientFrame.Send(
                        id, required(send.getCid(), "cid"), parts(send.getPartsList()), nonEmpty(send.getReplyTo()));
            }
            case READ -> new ClientFrame.Read(number(frame.getRead().getUpTo(), "up_to"));
            case TYPING -> new ClientFrame.Typing(frame.getTyping().getOn());
            case IDENTIFY ->
                new ClientFrame.Identify(id, required(frame.getIdentify().getIdentity(), "identity"));
            case PING -> new ClientFrame.Ping(id);
            case PONG -> new ClientFrame.Pong();
            case WELCOME, EVENT, OK, ERROR, DRAFT, WORKING, SESSION_REPLACED, RESET, BYE, BODY_NOT_SET ->
                new ClientFrame.Unknown();
        };
    }

    @Override
    public void send(LiveSocket socket, ServerFrame frame) {
        socket.sendBinary(ProtoFrames.write(frame));
    }

    private static Frame parse(byte[] bytes) throws BadFrame {
        try {
            return Frame.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw BadFrame.malformed("not a frame");
        }
    }

    private static List<SentPart> parts(List<Part> parts) {
        return parts.stream()
                .map(part -> switch (part.getKindCase()) {
                    case TEXT -> (SentPart) new SentPart.Text(part.getText());
                    case FILE -> new SentPart.File(part.getFile().getUploadId());
                    case MENU, UNSUPPORTED, KIND_NOT_SET ->
                        new SentPart.Unknown(part.getKindCase().name());
                })
                .toList();
    }

    private static long number(long value, String name) throws BadFrame {
        if (value < 0 || value > 1L << 53) throw BadFrame.malformed(name + " is out of range");
        return value;
    }

    private static String required(String value, String name) throws BadFrame {
        if (value.isEmpty()) throw BadFrame.malformed(name + " is missing");
        return value;
    }

    private static Optional<String> nonEmpty(String value) {
        return Optional.of(value).filter(text -> !text.isEmpty());
    }
}
