package io.kefuhub.core.answering;

import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.delivery.BotReply;
import java.time.Instant;
import java.util.List;
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
        return database.read(db -> messages.until(db, conversation.id(), began, wanted + now.size() + 1)).stream()
                .filter(message -> !now.contains(message.id()))
                .filter(message -> !message.answers().map(now::contains).orElse(false))
                .filter(message -> message.speaker().kind() != Speaker.Kind.HUB)
                .filter(message -> !message.message().text().isEmpty())
                .limit(wanted)
                .map(Histories::line)
                .toList()
                .reversed();
    }

    private static Turn.Line line(StoredMessage message) {
        return new Turn.Line(
                message.speaker().kind() == Speaker.Kind.CUSTOMER,
                message.message().text(),
                message.at());
    }
}
