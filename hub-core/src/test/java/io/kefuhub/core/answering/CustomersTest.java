package io.kefuhub.core.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.core.answering.knowledge.Asker;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CustomersTest {
    private final ConversationFixture talk = new ConversationFixture();

    @AfterEach
    void close() {
        talk.close();
    }

    @Test
    void a_customer_asks_as_whom_the_channel_vouches_for_and_where_they_write() {
        var customers = new Customers(talk.database, _ -> new Customers.Names("main", "wk_test"));

        assertThat(customers.asker(conversation(new Contact("li", true, "", Map.of()))))
                .isEqualTo(Asker.customer(Language.ZH_CN, true, "wk_test"));
        assertThat(customers.asker(conversation(Contact.anonymous("anna"))))
                .isEqualTo(Asker.customer(Language.ZH_CN, false, "wk_test"));
    }

    private Conversation conversation(Contact contact) {
        var said = talk.utterance(Speaker.CUSTOMER, MessageState.RECEIVED, contact.subject(), "怎么退货");
        var thread = new Journal.Threaded(talk.desk, talk.channel, contact.subject(), contact, Language.ZH_CN);
        return talk.journal
                .write(thread, contact.subject(), Step.of(page -> page.say(said)))
                .join()
                .conversation();
    }
}
