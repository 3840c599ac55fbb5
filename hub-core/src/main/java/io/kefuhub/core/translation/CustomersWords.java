package io.kefuhub.core.translation;

import io.kefuhub.api.Language;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.LanguagePair;
import io.kefuhub.core.conversation.MessageId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.conversation.StoredMessage;
import io.kefuhub.core.conversation.Translated;
import io.kefuhub.core.database.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what customers' messages are in the agents' language beside them, for agents to see when it is there. Safe for
 * threads; calls wait.
 */
public final class CustomersWords {
    private static final int LOOKED_BACK = 40;

    private final Database database;
    private final Journal journal;
    private final AskedTongues tongues;
    private final InstantSource clock;
    private final Messages messages = new Messages();

    public CustomersWords(Database database, Journal journal, AskedTongues tongues, InstantSource clock) {
        this.database = database;
        this.journal = journal;
        this.tongues = tongues;
        this.clock = clock;
    }

    void heard(
            Interpreter interpreter,
            Conversation conversation,
            StoredMessage message,
            List<Part> shown,
            Language language) {
        var from = spoken(conversation, shown, language);
        translate(interpreter, conversation, message.id(), shown, from);
    }

    /** A model is asked where a text could be of any language, until it or somebody has said once what is spoken. */
    private Language spoken(Conversation conversation, List<Part> shown, Language language) {
        var text = Renderings.text(shown);
        if (conversation.languages().by() != LanguagePair.By.DETECTED || !Tongues.isUndecided(text)) return language;
        var told = tongues.ask(conversation, text);
        told.ifPresent(found -> journal.write(conversation.id(), Step.of(page -> {
            if (page.conversation().languages().by() == LanguagePair.By.DETECTED) {
                page.settle(new LanguagePair(
                        found,
                        LanguagePair.By.MODEL,
                        page.conversation().languages().agents()));
            }
            return true;
        })));
        return told.orElse(language);
    }

    /** Translates anew what was said of late, as other languages are spoken than was thought. */
    public void again(Interpreter interpreter, Conversation conversation) {
        if (!interpreter.serves(conversation)) return;
        var latest = database.read(db -> messages.until(db, conversation.id(), clock.instant(), LOOKED_BACK));
        for (var message : latest.reversed()) {
            if (message.speaker().kind() != Speaker.Kind.CUSTOMER) continue;
            var from = Tongues.heard(message.message().text(), conversation.language());
            var isPinned = conversation.languages().by() == LanguagePair.By.PERSON;
            var spoken = isPinned && Tongues.sure(message.message().text()).isEmpty() ? conversation.language() : from;
            var has = message.translation()
                    .filter(Translated::isProven)
                    .filter(made -> made.to().equals(interpreter.agents(conversation))
                            && made.from().equals(spoken))
                    .isPresent();
            if (!has) translate(interpreter, conversation, message.id(), message.parts(), spoken);
        }
    }

    private void translate(
            Interpreter interpreter, Conversation conversation, MessageId message, List<Part> shown, Language from) {
        var to = interpreter.agents(conversation);
        if (Tongues.same(from, to)) return;
        interpreter
                .render(new Wish(conversation, Optional.of(message), shown, from, to))
                .join()
                .ifPresent(made -> keep(conversation.id(), message, shown, made));
    }

    /** Unless its author has changed or taken back what was translated. */
    private void keep(ConversationId conversation, MessageId message, List<Part> shown, Translated made) {
        journal.write(conversation, message, Step.of(page -> {
                    var still = page.seen(message)
                            .filter(known -> known.state() != MessageState.TAKEN_BACK)
                            .filter(known ->
                                    known.edits().isEmpty() || known.parts().equals(shown));
                    if (still.isPresent()) page.translate(message, made);
                    return true;
                }))
                .join();
    }
}
