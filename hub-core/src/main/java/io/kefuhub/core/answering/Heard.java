package io.kefuhub.core.answering;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.delivery.BotReply;
import io.kefuhub.core.filtering.Judged;
import io.kefuhub.core.plugin.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a customer said in one turn, after the filters. Immutable.
 *
 * @param language the customer's
 * @param calledOff how often an answer to it was begun and called off
 */
record Heard(List<Line> lines, Language language, int calledOff) {
    static final Heard NOTHING = new Heard(List.of(), Language.EN, 0);

    Heard {
        lines = List.copyOf(lines);
    }

    /**
     * One message.
     *
     * @param asks what is to be answered; nothing where a filter stopped it or the customer chose something else
     * @param refusal what the customer is told of a message that was turned away; else empty
     */
    record Line(BotReply.Question question, List<Part> asks, String refusal, List<Judged> trail) {
        Line {
            asks = List.copyOf(asks);
            trail = List.copyOf(trail);
        }
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    List<BotReply.Question> questions() {
        return lines.stream().map(Line::question).toList();
    }

    List<StoredMessage> messages() {
        return lines.stream().map(line -> line.question().message()).toList();
    }

    /** The one that is answered. */
    StoredMessage last() {
        return BotReply.answered(questions());
    }

    /** All that is to be answered, together; empty when there is nothing. */
    Optional<Message> question() {
        var parts = lines.stream().flatMap(line -> line.asks().stream()).toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(new Message(parts));
    }

    /** What is said about what was turned away; empty when nothing was. */
    String refusal() {
        return lines.stream()
                .map(Line::refusal)
                .filter(words -> !words.isEmpty())
                .reduce("", (_, later) -> later);
    }

    boolean asksForPerson(Sentences sentences) {
        return lines.stream()
                .anyMatch(line -> !line.asks().isEmpty() && sentences.asksForPerson(new Message(line.asks()).text()));
    }

    /** Without some messages that are not what they were. */
    Heard without(Set<MessageId> gone) {
        return new Heard(
                lines.stream()
                        .filter(line -> !gone.contains(line.question().message().id()))
                        .toList(),
                language,
                calledOff);
    }

    /** So many lines from the first. */
    Heard upTo(int end) {
        return new Heard(lines.subList(0, end), language, calledOff);
    }

    /** All lines but so many of the first. */
    Heard from(int begin) {
        return new Heard(lines.subList(begin, lines.size()), language, calledOff);
    }

    /** The same, to be answered together with what comes. */
    Heard again() {
        return new Heard(lines, language, calledOff + 1);
    }

    /** The same, settled with the next answer and not asked any more. */
    Heard settled() {
        var settled = lines.stream()
                .map(line -> new Line(line.question(), List.of(), line.refusal(), line.trail()))
                .toList();
        return new Heard(settled, language, calledOff + 1);
    }

    /** What filters and models are asked about: the message itself, and of a reply the message that it answers. */
    static Subject about(Conversation conversation, StoredMessage message) {
        return new Subject(conversation.id().toString(), message.id().toString());
    }
}
