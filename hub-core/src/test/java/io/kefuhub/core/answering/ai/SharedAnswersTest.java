package io.kefuhub.core.answering.ai;

import static io.kefuhub.core.answering.ai.Assistants.ask;
import static io.kefuhub.core.answering.ai.Assistants.turn;
import static io.kefuhub.core.answering.ai.ScriptedModels.fields;
import static io.kefuhub.core.answering.ai.ScriptedModels.notAnswered;
import static io.kefuhub.core.answering.ai.ScriptedModels.streamed;
import static io.kefuhub.core.answering.knowledge.KnowledgeRoom.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.knowledge.Audience;
import io.kefuhub.core.answering.knowledge.DemoKnowledge;
import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.Reach;
import io.kefuhub.core.conversation.ConversationId;
import io.kefuhub.core.models.ModelOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedAnswersTest {
    private static final String QUESTION = "退货寄回去的运费到底由谁来承担呀";
    private static final String ANSWER = "质量问题由我们承担，个人原因由您承担，首重大约 8 到 12 元，买过运费险的会补 10 元左右。";
    private static final Contact ANNA = Contact.anonymous("anna");

    private final Assistants assistants = new Assistants();
    private final ScriptedModels models = assistants.models;
    private final AiResponder assistant = assistants.assistant(Map.of());

    @AfterEach
    void close() {
        assistants.close();
    }

    @Test
    void a_thousand_who_ask_the_same_at_once_cost_one_call() throws Exception {
        var go = new CountDownLatch(1);
        models.does((_, sink, _) -> {
            await(go);
            return streamed(fields(ANSWER, "answer", false, 0.9, "1"), sink, true);
        });
        var turns = new ArrayList<Callable<Assistants.Turned>>();
        for (var i = 0; i < 1_000; i++) {
            var said = switch (i % 4) {
                case 0 -> QUESTION;
                case 1 -> "请问" + QUESTION;
                case 2 -> QUESTION + "？？";
                default -> "你好，" + QUESTION + "谢谢";
            };
            turns.add(() -> ask(assistant, turn(said)));
        }

        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = turns.stream().map(people::submit).toList();
            eventually(() -> !models.asked.isEmpty());
            go.countDown();
            for (var one : asked) assertThat(one.get().text()).isEqualTo(ANSWER);
        }

        assertThat(models.asked).hasSize(1);
    }

    @Test
    void an_answer_is_given_again_in_pieces_and_says_so() {
        says(ANSWER);
        ask(assistant, turn(QUESTION));

        var again = ask(assistant, turn("请问" + QUESTION + "？"));

        assertThat(models.asked).hasSize(1);
        assertThat(again.text()).isEqualTo(ANSWER);
        assertThat(again.drafts().getFirst()).hasSize(20);
        assertThat(again.remarks()).containsEntry("cache", "hit").containsEntry("rung", "full");
        assertThat(((Response.Answer) again.response()).source().reason()).startsWith("model-again");
        assertThat(((Response.Answer) again.response()).source().citations()).isNotEmpty();
    }

    @Test
    void another_desk_language_audience_prompt_publish_or_model_is_another_question() {
        assistants.room.knowledge.importAll("hub", assistants.room.outlet, DemoKnowledge.read(), false);
        says(ANSWER);
        var id = UUID.randomUUID();
        var first = turn(id, "main", Language.ZH_CN, ANNA, QUESTION);
        ask(assistant, first);
        ask(assistant, first);
        assertThat(models.asked).hasSize(1);

        ask(assistant, turn(id, "outlet", Language.ZH_CN, ANNA, QUESTION));
        assertThat(models.asked).hasSize(2);
        ask(assistant, turn(id, "main", Language.EN, ANNA, QUESTION));
        assertThat(models.asked).hasSize(3);
        ask(assistant, turn(id, "main", Language.ZH_CN, new Contact("anna", true, "", Map.of()), QUESTION));
        assertThat(models.asked).hasSize(4);
        ask(assistants.assistant(Map.of("instructions", "请用敬语")), first);
        assertThat(models.asked).hasSize(5);
        ask(assistants.assistant("other", Map.of()), first);
        assertThat(models.asked).hasSize(6);
        ask(assistants.assistant(Map.of("max-tokens", "300")), first);
        assertThat(models.asked).hasSize(7);

        var epoch = assistants.room.knowledge.epoch(assistants.room.main);
        assistants.room.knowledge.create(
                "hub", assistants.room.main, EntryContent.of(EntryLanguage.ZH, "松鼠爱吃什么？", List.of(), "松子。"));
        eventually(() -> assistants.room.knowledge.epoch(assistants.room.main) > epoch);
        ask(assistant, first);
        assertThat(models.asked).hasSize(8);

        ask(assistant, turn(id, "outlet", Language.ZH_CN, ANNA, QUESTION));
        assertThat(models.asked)
                .as("what another desk publishes changes nothing here")
                .hasSize(8);

        assistants.behind.put("chat", "another model");
        ask(assistant, first);
        assertThat(models.asked).as("another model behind the same alias").hasSize(9);
        assistants.behind.put("small", "another cheap model");
        ask(assistant, first);
        assertThat(models.asked).hasSize(10);
        ask(assistant, first);
        assertThat(models.asked).hasSize(10);
    }

    @Test
    void a_desk_that_tells_one_channel_more_than_another_shares_no_answers_between_them() {
        says(ANSWER);
        var id = UUID.randomUUID();
        ask(assistant, on("web", id));
        ask(assistant, on("wecom", id));
        assertThat(models.asked).as("all channels hear the same").hasSize(1);

        var knowledge = assistants.room.knowledge;
        var content = EntryContent.of(EntryLanguage.ZH, "松鼠爱吃什么？", List.of(), "松子。");
        knowledge.create("hub", assistants.room.main, content.withReach(new Reach(Audience.ALL, List.of("web"))));
        ask(assistant, on("web", id));
        ask(assistant, on("wecom", id));
        assertThat(models.asked).hasSize(3);
        ask(assistant, on("wecom", id));
        assertThat(models.asked).hasSize(3);
    }

    private static Turn on(String channel, UUID id) {
        return new Turn(id.toString(), "main", channel, Language.ZH_CN, Message.of(QUESTION), _ -> List.of(), ANNA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "我的退货寄回去的运费到底由谁来承担",
                "订单 20240601 退货寄回去的运费由谁承担",
                "这个退货寄回去的运费到底由谁来承担",
                "我叫张三，退货寄回去的运费由谁承担",
                "退货寄回去的运费由谁承担，我的邮箱 anna@mail.example",
                "我昨天买了衣服，退货寄回去的运费由谁承担",
                "退货寄回去的运费由谁承担，电话13812345678"
            })
    void nothing_personal_is_ever_kept(String said) {
        says(ANSWER);

        ask(assistant, turn(said));
        ask(assistant, turn(said));

        assertThat(models.asked).hasSize(2);
        assertThat(assistants.cache.size()).isZero();
    }

    @Test
    void nothing_that_a_filter_hides_is_ever_kept() {
        models.hides("文三路八号");
        says(ANSWER);
        var said = "从文三路八号寄回去退货的运费由谁承担";

        ask(assistant, turn(said));
        ask(assistant, turn(said));

        assertThat(models.asked).hasSize(2);
        assertThat(assistants.cache.size()).isZero();
    }

    @Test
    void what_is_shared_is_made_without_anything_of_the_conversation() {
        says("可以重开，请联系我们。");
        var alone = "发票抬头写错了能重开吗";

        ask(
                assistant,
                turn(
                        alone,
                        new Turn.Line(true, "我是王芳，订单 A20240601999"),
                        new Turn.Line(false, "您好王芳，已查到订单 A20240601999")));

        var asked = models.asked.getFirst();
        assertThat(asked.system() + asked.messages()).doesNotContain("王芳", "A20240601999");
        assertThat(asks(alone)).isZero();
    }

    @Test
    void amid_a_conversation_a_question_that_finds_little_by_itself_is_not_shared() {
        says(ANSWER);

        ask(assistant, turn(QUESTION, new Turn.Line(true, "我是王芳"), new Turn.Line(false, "您好")));

        assertThat(models.asked.getFirst().messages().toString()).contains("王芳");
        assertThat(assistants.cache.size()).isZero();
    }

    @Test
    void only_a_whole_answer_from_knowledge_is_kept_and_a_second_choice_for_a_minute() {
        keepsNothingAfter((_, sink, _) -> streamed(fields(ANSWER + "共 77 元。", "answer", false, 0.9, "1"), sink, true));
        keepsNothingAfter((_, sink, _) -> streamed(fields(ANSWER, "answer", true, 0.9, "1"), sink, true));
        keepsNothingAfter((_, sink, _) -> streamed(fields(ANSWER, "answer", false, 0.1, "1"), sink, true));
        keepsNothingAfter((_, sink, _) -> streamed(fields("您买的是什么？", "question", false, 0.9), sink, true));
        keepsNothingAfter((_, _, _) -> notAnswered(ModelOutcome.Why.FAILED));
        keepsNothingAfter((_, _, _) ->
                new ModelOutcome.Answered("{\"answer\":\"" + ANSWER, AiReply.Finish.LENGTH, ScriptedModels.used(true)));
        keepsNothingAfter((_, _, _) -> new ModelOutcome.Partial("{\"answer\":\"" + ANSWER, ScriptedModels.used(true)));

        models.does((_, sink, _) -> streamed(fields(ANSWER, "answer", false, 0.9, "1"), sink, false));
        ask(assistant, turn(QUESTION));
        assertThat(asks(QUESTION)).isZero();
        assistants.room.clock.move(Duration.ofSeconds(70));
        assertThat(asks(QUESTION)).isOne();
    }

    @Test
    void an_answer_lives_about_a_day() {
        says(ANSWER);
        ask(assistant, turn(QUESTION));

        assistants.room.clock.move(Duration.ofHours(21));
        assertThat(asks(QUESTION)).isZero();
        assistants.room.clock.move(Duration.ofHours(6));
        assertThat(asks(QUESTION)).isOne();
    }

    @Test
    void an_answer_that_somebody_disliked_is_made_anew_also_when_it_was_given_again() {
        says(ANSWER);
        ask(assistant, turn(QUESTION));
        var conversation = UUID.randomUUID();
        ask(assistant, turn(conversation, "main", Language.ZH_CN, ANNA, QUESTION));

        assistants.cache.disliked(new ConversationId(UUID.randomUUID()));
        assertThat(asks(QUESTION)).isZero();
        assistants.cache.disliked(new ConversationId(conversation));
        assertThat(asks(QUESTION)).isOne();
    }

    @Test
    void an_agent_who_speaks_within_two_minutes_takes_the_answer_away() {
        says(ANSWER);
        var conversation = new ConversationId(UUID.randomUUID());
        ask(assistant, turn(conversation.value(), "main", Language.ZH_CN, ANNA, QUESTION));

        assistants.room.clock.move(Duration.ofSeconds(121));
        assistants.cache.corrected(conversation);
        assertThat(asks(QUESTION)).isZero();
        ask(assistant, turn(conversation.value(), "main", Language.ZH_CN, ANNA, QUESTION));
        assistants.cache.corrected(conversation);
        assertThat(asks(QUESTION)).isOne();
    }

    @Test
    void one_who_leaves_does_not_end_it_for_the_others_and_the_last_one_does() {
        var begun = new CountDownLatch(1);
        var cancelled = new CompletableFuture<Boolean>();
        models.does((_, _, cancel) -> {
            begun.countDown();
            cancel.onRequest(() -> cancelled.complete(true));
            cancelled.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
            return new ModelOutcome.Cancelled("", ScriptedModels.used(true));
        });
        var first = new Switch();
        var second = new Switch();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            var one = people.submit(() -> ask(assistant, turn(QUESTION), first));
            await(begun);
            var other = people.submit(() -> ask(assistant, turn(QUESTION), second));
            eventually(() -> second.listened.get());

            first.request();
            assertThat(get(one).response()).isInstanceOf(Response.Pass.class);
            assertThat(cancelled).isNotDone();
            second.request();
            assertThat(get(other).response()).isInstanceOf(Response.Pass.class);
            assertThat(cancelled.join()).isTrue();
        }
        assertThat(models.asked).hasSize(1);
    }

    private void keepsNothingAfter(io.kefuhub.core.models.ModelGateway script) {
        models.does(script);
        ask(assistant, turn(QUESTION));
        assertThat(assistants.cache.size()).isZero();
    }

    private void says(String answer) {
        models.says(fields(answer, "answer", false, 0.9, "1"));
    }

    /** How many calls a question costs now. */
    private int asks(String question) {
        var before = models.asked.size();
        ask(assistant, turn(question));
        return models.asked.size() - before;
    }

    private static final class Switch implements Cancel {
        final AtomicBoolean listened = new AtomicBoolean();
        private final List<Runnable> actions = new ArrayList<>();
        private boolean requested;

        @Override
        public synchronized boolean isRequested() {
            return requested;
        }

        @Override
        public synchronized void onRequest(Runnable action) {
            actions.add(action);
            listened.set(true);
        }

        synchronized void request() {
            requested = true;
            actions.forEach(Runnable::run);
        }
    }

    private static <T> T get(java.util.concurrent.Future<T> future) {
        try {
            return future.get(20, java.util.concurrent.TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
