package io.kefuhub.core.translation;

import io.kefuhub.core.audit.AuditEntry;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.LanguagePair;
import io.kefuhub.core.conversation.Step;
import java.util.Optional;
import java.util.function.Function;

/** Lets agents correct which languages a conversation is held in. Safe for threads. */
public final class Spoken {
    private final Journal journal;
    private final Interpreter interpreter;
    private final CustomersWords customersWords;

    public Spoken(Journal journal, Interpreter interpreter, CustomersWords customersWords) {
        this.journal = journal;
        this.interpreter = interpreter;
        this.customersWords = customersWords;
    }

    /** Corrects the pair, and has what was said of late translated anew, which agents see as it comes. */
    Conversation correct(String actor, Conversation conversation, Function<LanguagePair, LanguagePair> change) {
        var written = journal.write(conversation.id(), Step.of(page -> {
                    page.settle(change.apply(page.conversation().languages()));
                    page.audit(new AuditEntry(
                            page.now(),
                            actor,
                            "conversation.languages",
                            "conversation:" + page.id(),
                            Optional.of(page.id().value()),
                            "{}"));
                    return true;
                }))
                .join();
        var now = written.conversation();
        Thread.ofVirtual().name("translating-again").start(() -> customersWords.again(interpreter, now));
        return now;
    }
}
