package io.kefuhub.core.answering.ai.context;

import static io.kefuhub.core.answering.knowledge.KnowledgeRoom.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.answering.ai.ScriptedModels;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.ConversationFixture;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.conversation.Messages;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Revision;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.models.Payer;
import io.kefuhub.core.models.counting.Tokens;
import io.kefuhub.core.web.MovableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecollectionTest {
    private final ConversationFixture talk = new ConversationFixture();
    private final ScriptedModels models = new ScriptedModels();
    private final MovableClock clock = new MovableClock(Instant.now().toString());
    private SummaryRules rules = SummaryRules.USUAL;
    private final Recollection recollection = again();
    private final Messages messages = new Messages();

    @AfterEach
    void close() {
        recollection.close();
        talk.close();
    }

    @Test
    void what_was_said_is_known_at_the_next_turn_whether_or_not_it_was_taken_down() {
        var conversation = turn("订单 A20260601777 到哪了", "我们会在 24 小时内回复您");

        assertThat(recollection.recall(conversation.id()).facts().text()).contains("A20260601777", "24 小时内");
        recollection.takeDown(conversation.id());
        turn("那订单 A20260602888 呢", "也在路上");
        assertThat(again().recall(conversation.id()).facts().text()).contains("A20260601777", "A20260602888", "24 小时内");
    }

    @Test
    void what_is_being_asked_is_not_taken_down_before_filters_have_had_their_say() {
        turn("你好", "您好");
        var conversation =
                talk.says("anna", "anna:now", "卡号 6222021234567890123").join().conversation();

        recollection.takeDown(conversation.id());

        assertThat(recollection.recall(conversation.id()).facts().text()).doesNotContain("6222021234567890123");
    }

    @Test
    void what_was_taken_back_is_forgotten_though_it_was_taken_down() {
        var conversation = turn("订单 A20260601777 到哪了", "好的").id();
        turn("还有订单 A20260602888", "收到");
        recollection.takeDown(conversation);
        assertThat(recollection.recall(conversation).facts().text()).contains("A20260601777", "A20260602888");

        talk.journal
                .revise(
                        new Messages.Key(talk.channel, "anna:订单 A20260601777 到哪了"),
                        new Revision.TakenBack(Instant.now()))
                .join();

        assertThat(recollection.recall(conversation).facts().text())
                .doesNotContain("A20260601777")
                .contains("A20260602888");
        recollection.takeDown(conversation);
        assertThat(again().recall(conversation).facts().text())
                .doesNotContain("A20260601777")
                .contains("A20260602888");
    }

    @Test
    void turns_are_taken_down_by_themselves_once_an_assistant_has_answered() {
        talk.commits.subscribe(recollection::committed);
        var conversation = turn("订单 A20260601777", "好的");
        recollection.answered(conversation.id(), new SummaryOrder("", Payer.apart("main", "helper")), 1);

        turn("谢谢", "不客气");

        eventually(() -> talk.database
                .read(db -> new Memories().find(db, conversation.id()))
                .map(memory -> memory.facts().text().contains("A20260601777"))
                .orElse(false));
    }

    @Test
    void what_was_settled_more_than_half_an_hour_ago_is_another_matter() {
        var conversation = turn("订单 A20260601777", "好的");
        talk.journal
                .write(conversation.id(), Step.of(page -> {
                    page.enter(Mode.CLOSED, Optional.empty());
                    return page.id();
                }))
                .join();

        assertThat(recollection.recall(conversation.id()).session()).isEqualTo(Instant.EPOCH);
        clock.move(Duration.ofMinutes(31));
        var recalled = recollection.recall(conversation.id());
        assertThat(recalled.session()).isAfter(Instant.EPOCH);
        assertThat(recalled.isInSession(recalled.session())).isFalse();
        assertThat(recalled.isInSession(recalled.session().plusMillis(1))).isTrue();
        assertThat(recalled.facts().text()).contains("A20260601777");
    }

    @Test
    void what_is_remembered_of_a_conversation_is_erased_with_it() {
        var conversation = turn("订单 A20260601777 到哪了", "好的").id();
        recollection.takeDown(conversation);
        assertThat(isRemembered(conversation)).isTrue();

        talk.database.useTransaction(tx -> tx.execute("delete from conversation where id = ?", conversation.value()));

        assertThat(isRemembered(conversation)).isFalse();
    }

    private boolean isRemembered(ConversationId conversation) {
        return talk.database.<Boolean>read(
                db -> new Memories().find(db, conversation).isPresent());
    }

    private Recollection again() {
        return new Recollection(
                talk.database,
                new Summaries(talk.database, models, new Tokens(), clock, () -> rules),
                clock,
                () -> rules);
    }

    private Conversation turn(String said, String replied) {
        var conversation = talk.says("anna", "anna:" + said, said).join().conversation();
        var question = talk.database
                .read(db -> messages.until(db, conversation.id(), Instant.now(), 1))
                .getFirst();
        return talk.journal
                .write(conversation.id(), Step.of(page -> {
                    page.settle(question.id(), MessageState.ANSWERED, Optional.empty());
                    return page.say(talk.utterance(Speaker.BOT, MessageState.SENT, "reply:" + replied, replied));
                }))
                .join()
                .conversation();
    }
}
