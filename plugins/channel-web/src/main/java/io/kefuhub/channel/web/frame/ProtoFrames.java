package io.kefuhub.channel.web.frame;

import io.kefuhub.channel.web.frame.ServerFrame.Event;
import io.kefuhub.channel.web.frame.ServerFrame.PartView;
import io.kefuhub.channel.web.frame.proto.Author;
import io.kefuhub.channel.web.frame.proto.Bye;
import io.kefuhub.channel.web.frame.proto.Draft;
import io.kefuhub.channel.web.frame.proto.File;
import io.kefuhub.channel.web.frame.proto.Frame;
import io.kefuhub.channel.web.frame.proto.Limits;
import io.kefuhub.channel.web.frame.proto.Menu;
import io.kefuhub.channel.web.frame.proto.Message;
import io.kefuhub.channel.web.frame.proto.Ok;
import io.kefuhub.channel.web.frame.proto.Part;
import io.kefuhub.channel.web.frame.proto.Ping;
import io.kefuhub.channel.web.frame.proto.Pong;
import io.kefuhub.channel.web.frame.proto.Quote;
import io.kefuhub.channel.web.frame.proto.Read;
import io.kefuhub.channel.web.frame.proto.Reset;
import io.kefuhub.channel.web.frame.proto.SessionReplaced;
import io.kefuhub.channel.web.frame.proto.State;
import io.kefuhub.channel.web.frame.proto.Typing;
import io.kefuhub.channel.web.frame.proto.Welcome;
import io.kefuhub.channel.web.frame.proto.Working;

/** How the hub's frames are written as Protocol Buffers. */
final class ProtoFrames {
    private ProtoFrames() {}

    static byte[] write(ServerFrame frame) {
        var out = Frame.newBuilder();
        switch (frame) {
            case ServerFrame.Welcome welcome -> out.setId(welcome.id()).setWelcome(welcome(welcome));
            case Event event -> out.setEvent(event(event));
            case ServerFrame.Ok ok ->
                out.setId(ok.id())
                        .setOk(Ok.newBuilder()
                                .setMessageId(ok.messageId())
                                .setSeq(ok.seq())
                                .setAt(ok.at().toEpochMilli())
                                .setConversation(ok.conversation()));
            case ServerFrame.Done(var id) -> out.setId(id).setOk(Ok.getDefaultInstance());
            case ServerFrame.Error(var id, var code, var retry, var text) ->
                out.setId(id)
                        .setError(io.kefuhub.channel.web.frame.proto.Error.newBuilder()
                                .setCode(code)
                                .setRetry(retry)
                                .setText(text));
            case ServerFrame.Typing(var on, var author) ->
                out.setTyping(Typing.newBuilder().setOn(on).setAuthor(author(author)));
            case ServerFrame.Draft(var answer, var text) ->
                out.setDraft(Draft.newBuilder().setAnswer(answer).setText(text));
            case ServerFrame.Working working -> out.setWorking(working(working));
            case ServerFrame.Ping() -> out.setPing(Ping.getDefaultInstance());
            case ServerFrame.Pong(var id) -> out.setId(id).setPong(Pong.getDefaultInstance());
            case ServerFrame.Replaced(var token, var conversation) ->
                out.setSessionReplaced(
                        SessionReplaced.newBuilder().setToken(token).setConversation(conversation.orElse("")));
            case ServerFrame.Reset(var lastSeq) ->
                out.setReset(Reset.newBuilder().setLastSeq(lastSeq));
            case ServerFrame.Bye(var reason, var retryAfterMillis) ->
                out.setBye(Bye.newBuilder().setReason(reason).setRetryAfterMs(retryAfterMillis));
        }
        return out.build().toByteArray();
    }

    private static Welcome welcome(ServerFrame.Welcome welcome) {
        return Welcome.newBuilder()
                .setConversation(welcome.conversation().orElse(""))
                .setFrom(welcome.from())
                .setLastSeq(welcome.lastSeq())
                .setHeartbeat(welcome.heartbeat())
                .setLimits(Limits.newBuilder()
                        .setText(welcome.limits().text())
                        .setFile(welcome.limits().file()))
                .build();
    }

    private static io.kefuhub.channel.web.frame.proto.Event event(Event event) {
        var out = io.kefuhub.channel.web.frame.proto.Event.newBuilder().setSeq(event.seq());
        switch (event) {
            case Event.MessageShown(var _, var updated, var message) -> {
                if (updated) out.setMessageUpdated(message(message));
                else out.setMessage(message(message));
            }
            case Event.StateShown(var _, var state, var agent) ->
                out.setState(State.newBuilder().setState(state).setAgent(agent));
            case Event.ReadShown(var _, var upTo) ->
                out.setRead(Read.newBuilder().setUpTo(upTo).setBy("agent"));
        }
        return out.build();
    }

    private static Message message(ServerFrame.MessageView message) {
        var out = Message.newBuilder()
                .setId(message.id())
                .setCid(message.cid())
                .setAuthor(author(message.author()))
                .setAt(message.at().toEpochMilli())
                .setAnswer(message.answer());
        message.replyTo().ifPresent(quote -> out.setReplyTo(quote(quote)));
        for (var part : message.parts()) out.addParts(part(part));
        return out.build();
    }

    private static Quote quote(ServerFrame.QuoteView quote) {
        return Quote.newBuilder()
                .setId(quote.id())
                .setAuthor(author(quote.author()))
                .setText(quote.text())
                .build();
    }

    private static Part part(PartView part) {
        return switch (part) {
            case PartView.Text(var text) -> Part.newBuilder().setText(text).build();
            case PartView.File file ->
                Part.newBuilder()
                        .setFile(File.newBuilder()
                                .setFileId(file.fileId())
                                .setName(file.name())
                                .setMime(file.mime())
                                .setSize(file.size())
                                .setUrl(file.url()))
                        .build();
            case PartView.Menu(var text, var options) -> {
                var menu = Menu.newBuilder().setText(text);
                for (var option : options) menu.addOptions(option(option));
                yield Part.newBuilder().setMenu(menu).build();
            }
            case PartView.Unsupported(var type) ->
                Part.newBuilder().setUnsupported(type).build();
        };
    }

    private static Working working(ServerFrame.Working working) {
        var out = Working.newBuilder()
                .setAnswer(working.answer())
                .setOn(working.on())
                .setText(working.text());
        for (var option : working.options()) out.addOptions(option(option));
        return out.build();
    }

    private static Menu.Option option(PartView.Option option) {
        return Menu.Option.newBuilder()
                .setId(option.id())
                .setText(option.text())
                .build();
    }

    private static Author author(ServerFrame.AuthorView author) {
        return Author.newBuilder().setKind(author.kind()).setName(author.name()).build();
    }
}
