package io.kefuhub.channel.web.frame;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kefuhub.channel.web.frame.ClientFrame.SentPart;
import io.kefuhub.channel.web.frame.ServerFrame.AuthorView;
import io.kefuhub.channel.web.frame.ServerFrame.Event;
import io.kefuhub.channel.web.frame.ServerFrame.PartView;
import io.kefuhub.channel.web.frame.proto.Author;
import io.kefuhub.channel.web.frame.proto.File;
import io.kefuhub.channel.web.frame.proto.Frame;
import io.kefuhub.channel.web.frame.proto.Hello;
import io.kefuhub.channel.web.frame.proto.Identify;
import io.kefuhub.channel.web.frame.proto.Message;
import io.kefuhub.channel.web.frame.proto.Part;
import io.kefuhub.channel.web.frame.proto.Ping;
import io.kefuhub.channel.web.frame.proto.Pong;
import io.kefuhub.channel.web.frame.proto.Quote;
import io.kefuhub.channel.web.frame.proto.Read;
import io.kefuhub.channel.web.frame.proto.Send;
import io.kefuhub.channel.web.frame.proto.Typing;
import java.time.Instant;
import java.util.Optional;

/** A client that speaks Protocol Buffers. */
public final class ProtoWire implements Wire {
    @Override
    public Codec codec() {
        return new ProtoCodec();
    }

    @Override
    public Object encode(ClientFrame frame) {
        var out = Frame.newBuilder();
        switch (frame) {
            case ClientFrame.Hello(var id, var conversation, var after, var caps) ->
                out.setId(id)
                        .setHello(Hello.newBuilder()
                                .setConversation(conversation.orElse(""))
                                .setAfter(after)
                                .addAllCaps(caps));
            case ClientFrame.Send(var id, var cid, var parts, var replyTo) ->
                out.setId(id)
                        .setSend(Send.newBuilder()
                                .setCid(cid)
                                .addAllParts(parts.stream().map(ProtoWire::part).toList())
                                .setReplyTo(replyTo.orElse("")));
            case ClientFrame.Read(var upTo) -> out.setRead(Read.newBuilder().setUpTo(upTo));
            case ClientFrame.Typing(var on) -> out.setTyping(Typing.newBuilder().setOn(on));
            case ClientFrame.Identify(var id, var identity) ->
                out.setId(id).setIdentify(Identify.newBuilder().setIdentity(identity));
            case ClientFrame.Ping(var id) -> out.setId(id).setPing(Ping.getDefaultInstance());
            case ClientFrame.Pong() -> out.setPong(Pong.getDefaultInstance());
            // A field number of some later protocol.
            case ClientFrame.Unknown() -> {
                return new byte[] {(byte) 0xfa, 0x06, 0x00};
            }
        }
        return out.build().toByteArray();
    }

    private static Part part(SentPart part) {
        return switch (part) {
            case SentPart.Text(var text) -> Part.newBuilder().setText(text).build();
            case SentPart.File(var uploadId) ->
                Part.newBuilder()
                        .setFile(File.newBuilder().setUploadId(uploadId))
                        .build();
            case SentPart.Unknown _ -> Part.getDefaultInstance();
        };
    }

    @Override
    public ServerFrame decode(Object message) {
        try {
            return decode(Frame.parseFrom((byte[]) message));
        } catch (InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private static ServerFrame decode(Frame frame) {
        var id = frame.getId();
        return switch (frame.getBodyCase()) {
            case WELCOME -> {
                var welcome = frame.getWelcome();
                yield new ServerFrame.Welcome(
                        id,
                        nonEmpty(welcome.getConversation()),
                        welcome.getFrom(),
                        welcome.getLastSeq(),
                        welcome.getHeartbeat(),
                        new ServerFrame.Limits(
                                welcome.getLimits().getText(),
                                welcome.getLimits().getFile()));
            }
            case EVENT -> event(frame.getEvent());
            case OK -> {
                var ok = frame.getOk();
                yield ok.getMessageId().isEmpty()
                        ? new ServerFrame.Done(id)
                        : new ServerFrame.Ok(
                                id,
                                ok.getMessageId(),
                                ok.getSeq(),
                                Instant.ofEpochMilli(ok.getAt()),
                                ok.getConversation());
            }
            case ERROR -> {
                var error = frame.getError();
                yield new ServerFrame.Error(id, error.getCode(), error.getRetry(), error.getText());
            }
            case TYPING ->
                new ServerFrame.Typing(
                        frame.getTyping().getOn(), author(frame.getTyping().getAuthor()));
            case DRAFT ->
                new ServerFrame.Draft(
                        frame.getDraft().getAnswer(), frame.getDraft().getText());
            case WORKING -> {
                var working = frame.getWorking();
                yield new ServerFrame.Working(
                        working.getAnswer(),
                        working.getOn(),
                        working.getText(),
                        working.getOptionsList().stream()
                                .map(option -> new PartView.Option(option.getId(), option.getText()))
                                .toList());
            }
            case PING -> new ServerFrame.Ping();
            case PONG -> new ServerFrame.Pong(id);
            case SESSION_REPLACED ->
                new ServerFrame.Replaced(
                        frame.getSessionReplaced().getToken(),
                        nonEmpty(frame.getSessionReplaced().getConversation()));
            case RESET -> new ServerFrame.Reset(frame.getReset().getLastSeq());
            case BYE ->
                new ServerFrame.Bye(frame.getBye().getReason(), frame.getBye().getRetryAfterMs());
            case HELLO, SEND, READ, IDENTIFY, BODY_NOT_SET ->
                throw new AssertionError("not for clients: " + frame.getBodyCase());
        };
    }

    private static Event event(io.kefuhub.channel.web.frame.proto.Event event) {
        return switch (event.getKindCase()) {
            case MESSAGE -> new Event.MessageShown(event.getSeq(), false, message(event.getMessage()));
            case MESSAGE_UPDATED -> new Event.MessageShown(event.getSeq(), true, message(event.getMessageUpdated()));
            case STATE ->
                new Event.StateShown(
                        event.getSeq(),
                        event.getState().getState(),
                        event.getState().getAgent());
            case READ -> new Event.ReadShown(event.getSeq(), event.getRead().getUpTo());
            case KIND_NOT_SET -> throw new AssertionError("not an event: " + event.getSeq());
        };
    }

    private static ServerFrame.MessageView message(Message message) {
        return new ServerFrame.MessageView(
                message.getId(),
                message.getCid(),
                author(message.getAuthor()),
                Instant.ofEpochMilli(message.getAt()),
                message.getPartsList().stream().map(ProtoWire::partView).toList(),
                message.getAnswer(),
                message.hasReplyTo() ? Optional.of(quote(message.getReplyTo())) : Optional.empty());
    }

    private static ServerFrame.QuoteView quote(Quote quote) {
        return new ServerFrame.QuoteView(quote.getId(), author(quote.getAuthor()), quote.getText());
    }

    private static PartView partView(Part part) {
        return switch (part.getKindCase()) {
            case TEXT -> new PartView.Text(part.getText());
            case FILE -> {
                var file = part.getFile();
                yield new PartView.File(
                        file.getFileId(), file.getName(), file.getMime(), file.getSize(), file.getUrl());
            }
            case MENU ->
                new PartView.Menu(
                        part.getMenu().getText(),
                        part.getMenu().getOptionsList().stream()
                                .map(option -> new PartView.Option(option.getId(), option.getText()))
                                .toList());
            case UNSUPPORTED, KIND_NOT_SET -> new PartView.Unsupported(part.getUnsupported());
        };
    }

    private static AuthorView author(Author author) {
        return new AuthorView(author.getKind(), author.getName());
    }

    private static Optional<String> nonEmpty(String value) {
        return Optional.of(value).filter(text -> !text.isEmpty());
    }
}
