package io.kefuhub.core.answering;

import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.delivery.BotReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads what was said before a turn. Safe for threads. */
public final class Histories {
    private static final int MOST = 40;

    private final Database database;
    private final Messages messages = new Messages();

    public Histories(Database database) {
        this.database = database;
    }

    /**
     * Reads what had been said when a turn began, however late it is asked: the turn's own answer is no part of it.
     *
     * @param began when the turn did
     */
    List<Turn.Line> before(Conversation conversation, List<BotReply.Question> questions, Instant began, int most) {
        var now = questions.stream().map(question -> question.message().id()).collect(Collectors.toSet());
        var wanted = Math.clamp(most, 1, MOST);
        var said = database.read(db -> messages.until(db, conversation.id(), began, wanted + now.size() + 1)).stream()
                .filter(message -> !now.contains(message.id()))
                .filter(message -> !message.answers().map(now::contains).orElse(false))
                .filter(message -> message.speaker().kind() != Speaker.Kind.HUB)
                .filter(message -> !message.message().text().isEmpty())
                .limit(wanted)
                .toList()
                .reversed();
        return lines(said);
    }

    /** An answer that went in several messages is one line. */
    private static List<Turn.Line> lines(List<StoredMessage> said) {
        var lines = new ArrayList<Turn.Line>();
        Optional<MessageId> answered = Optional.empty();
        for (var message : said) {
            var line = line(message);
            if (answered.isPresent() && answered.equals(message.answers())) {
                var before = lines.removeLast();
                line = new Turn.Line(line.byCustomer(), before.text() + "\n" + line.text(), before.at());
            }
            lines.add(line);
            answered = message.answers();
        }
        return List.copyOf(lines);
    }

    private static Turn.Line line(StoredMessage message) {
        return new Turn.Line(
                message.speaker().kind() == Speaker.Kind.CUSTOMER,
                message.message().text(),
                message.at());
    }
}
