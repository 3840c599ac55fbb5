package io.kefuhub.channel.feishu.message;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.feishu.api.Answer;
import io.kefuhub.channel.feishu.api.FeishuApi;
import io.kefuhub.channel.feishu.api.Media;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a message whole: fetches its files, what it quotes and what it forwards. Safe for threads; waits. */
final class Reader {
    private static final Logger LOG = LoggerFactory.getLogger(Reader.class);
    private static final int LONGEST_QUOTE = 500;
    private static final int MOST_FORWARDED = 50;

    private final FeishuApi api;
    private final Media media;

    Reader(FeishuApi api, Media media) {
        this.api = api;
        this.media = media;
    }

    /** A file is not here yet, but may be later. */
    static final class NotNowException extends Exception {
        private static final long serialVersionUID = 1L;

        NotNowException(String reason) {
            super(reason);
        }
    }

    /**
     * Returns the parts of a message, at least one.
     *
     * @param lastTry whether what is not here now is never to be here
     */
    List<Part> parts(CustomerMessage message, Mentions mentions, boolean lastTry)
            throws NotNowException, InterruptedException {
        var parts = new ArrayList<Part>();
        for (var piece : Contents.of(message, mentions)) {
            switch (piece) {
                case Piece.Said(var text) -> parts.add(new Part.Text(text));
                case Piece.Odd(var type) -> parts.add(new Part.Unsupported(type));
                case Piece.Forwarded() -> parts.add(forwarded(message, lastTry));
                case Piece.Resource resource -> parts.add(fetched(message.id(), resource, lastTry));
            }
        }
        return parts;
    }

    private Part fetched(String messageId, Piece.Resource resource, boolean lastTry)
            throws NotNowException, InterruptedException {
        return switch (media.fetch(messageId, resource.key(), resource.picture(), resource.name())) {
            case Media.Fetched.Kept(var file) ->
                new Part.Media(
                        resource.kind() == Part.Media.Kind.FILE
                                ? Part.Media.of(file).kind()
                                : resource.kind(),
                        file);
            case Media.Fetched.Lost(var reason) -> lost(resource, reason);
            case Media.Fetched.NotNow(var reason) -> {
                if (!lastTry) throw new NotNowException(reason);
                yield lost(resource, reason);
            }
        };
    }

    private static Part lost(Piece.Resource resource, String reason) {
        LOG.warn("A customer's {} could not be fetched: {}", resource.type(), reason);
        return new Part.Unsupported(resource.type());
    }

    /** What is forwarded can be read, but its files cannot be fetched. */
    private Part forwarded(CustomerMessage message, boolean lastTry) throws NotNowException {
        var lines = new ArrayList<String>();
        for (var item : items(message.id(), lastTry)) {
            if (item.text("message_id", "").equals(message.id())) continue;
            CustomerMessage.found(item, message)
                    .map(Reader::brief)
                    .filter(text -> !text.isBlank())
                    .ifPresent(lines::add);
            if (lines.size() >= MOST_FORWARDED) break;
        }
        return lines.isEmpty()
                ? new Part.Unsupported(message.type())
                : new Part.Text("[转发 / forwarded]\n" + String.join("\n", lines));
    }

    /** Returns the beginning of what is quoted, as a line to put before the words; empty when it cannot be had. */
    Optional<Part> quote(CustomerMessage message, String bot, boolean lastTry) throws NotNowException {
        for (var item : items(message.parent(), lastTry)) {
            var quoted = CustomerMessage.found(item, message);
            if (quoted.isEmpty() || !quoted.get().id().equals(message.parent())) continue;
            var text = brief(quoted.get(), bot);
            return text.isBlank() ? Optional.empty() : Optional.of(new Part.Text("「" + text + "」"));
        }
        return Optional.empty();
    }

    private List<JsonObject> items(String id, boolean lastTry) throws NotNowException {
        return switch (api.get("/im/v1/messages/" + id)) {
            case Answer.Ok(var data) -> data.objects("items");
            case Answer.NoAnswer(var _, var reason) -> {
                if (!lastTry) throw new NotNowException(reason);
                yield List.of();
            }
            case Answer.Refused _, Answer.NotAllowed _ -> List.of();
        };
    }

    private static String brief(CustomerMessage message) {
        return brief(message, "");
    }

    private static String brief(CustomerMessage message, String bot) {
        var words = new StringBuilder();
        for (var piece : Contents.of(message, new Mentions(message.mentions(), bot))) {
            if (!words.isEmpty()) words.append('\n');
            switch (piece) {
                case Piece.Said(var text) -> words.append(text);
                case Piece.Resource resource ->
                    words.append('[').append(resource.name()).append(']');
                case Piece.Odd(var type) -> words.append('[').append(type).append(']');
                case Piece.Forwarded() -> words.append("[merge_forward]");
            }
        }
        return words.length() > LONGEST_QUOTE ? words.substring(0, LONGEST_QUOTE) + "…" : words.toString();
    }
}
