package io.kefuhub.core.answering;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.core.answering.knowledge.Audience;
import io.kefuhub.core.answering.knowledge.EntryContent;
import io.kefuhub.core.answering.knowledge.EntryLanguage;
import io.kefuhub.core.answering.knowledge.KnowledgeRoom;
import io.kefuhub.core.answering.knowledge.Reach;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaqResponderTest {
    private final KnowledgeRoom room = new KnowledgeRoom().withDemo();
    private final FaqResponder faq = new FaqResponder(
            room.knowledge, key -> Optional.ofNullable(room.desks().get(key)));

    @AfterAll
    void close() {
        room.close();
    }

    @Test
    void answers_in_chinese_with_its_source() {
        var response = ask("怎么退货");

        assertThat(response).isInstanceOfSatisfying(Response.Answer.class, answer -> {
            assertThat(answer.parts())
                    .first()
                    .isInstanceOfSatisfying(
                            Part.Text.class, text -> assertThat(text.value()).contains("7 天"));
            assertThat(answer.source().kind()).isEqualTo("knowledge");
            assertThat(answer.source().title()).isEqualTo("怎么退货？");
            assertThat(answer.source().score()).isEqualTo(1);
            assertThat(answer.source().reason()).isEqualTo("exact: 怎么退货？");
        });
    }

    @Test
    void answers_in_english_whatever_the_conversation_was_opened_in() {
        assertThat(ask("how do I return an item?"))
                .isInstanceOfSatisfying(
                        Response.Answer.class,
                        answer -> assertThat(answer.source().title()).isEqualTo("How do I return an item?"));
    }

    @Test
    void a_greeting_before_the_question_in_a_message_of_its_own_does_not_hide_it() {
        assertThat(ask("你好\n怎么退货")).isInstanceOf(Response.Answer.class);
        assertThat(ask("你好")).isInstanceOf(Response.Answer.class);
    }

    @Test
    void offers_what_may_be_meant_and_a_person() {
        assertThat(ask("怎么修改退货地址")).isInstanceOfSatisfying(Response.Menu.class, menu -> {
            assertThat(menu.menu().text()).startsWith("您想问的是");
            assertThat(menu.menu().options()).hasSizeBetween(2, 5);
            assertThat(menu.menu().options().getLast()).isEqualTo(new Part.Menu.Option("person", "转人工"));
        });
        assertThat(ask("how do I change my email"))
                .isInstanceOfSatisfying(
                        Response.Menu.class,
                        menu -> assertThat(menu.menu().options().getLast().text())
                                .isEqualTo("Talk to a human"));
    }

    @Test
    void whatever_is_chosen_from_a_menu_is_understood() {
        var menu = ((Response.Menu) ask("怎么修改退货地址")).menu();

        for (var option : menu.options().subList(0, menu.options().size() - 1)) {
            assertThat(ask(option.text())).as(option.text()).isInstanceOf(Response.Answer.class);
        }
        assertThat(ask(menu.options().getLast().text())).isInstanceOf(Response.HandOver.class);
    }

    @Test
    void a_bare_number_chooses_from_the_last_menu() {
        var menu = ((Response.Menu) ask("怎么修改退货地址")).menu();

        assertThat(ask("1"))
                .isInstanceOfSatisfying(
                        Response.Answer.class,
                        answer -> assertThat(answer.source().title())
                                .isEqualTo(menu.options().getFirst().text()));
        assertThat(ask("第" + menu.options().size() + "个")).isInstanceOf(Response.HandOver.class);
        assertThat(ask("9")).isInstanceOf(Response.Pass.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"转人工", "talk to a human", "我要找客服"})
    void hands_over_who_asks_for_a_person(String said) {
        assertThat(ask(said)).isInstanceOf(Response.HandOver.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"给我讲个笑话", "tell me a joke", "🙂", "12345"})
    void passes_on_what_it_does_not_know(String said) {
        assertThat(ask(said)).isInstanceOf(Response.Pass.class);
    }

    @Test
    void passes_on_a_picture() {
        var unsupported = new Message(List.of(new Part.Unsupported("sticker")));

        assertThat(faq.respond(turn(unsupported), _ -> {})).isInstanceOf(Response.Pass.class);
    }

    @Test
    void says_and_offers_what_is_for_customers_who_are_signed_in_to_nobody_else() {
        var reach = new Reach(Audience.SIGNED_IN, List.of());
        var content = EntryContent.of(EntryLanguage.ZH, "积分怎么换松果", List.of(), "在会员中心。");
        room.knowledge.create("hub", room.main, content.withReach(reach));
        var known = new Contact("anna", true, "", Map.of());

        for (var asked : List.of("积分怎么换松果", "积分松果")) {
            assertThat(shown(faq.respond(turn(Message.of(asked), known), _ -> {})))
                    .contains("积分怎么换松果");
            assertThat(shown(faq.respond(turn(Message.of(asked), Contact.anonymous("li")), _ -> {})))
                    .doesNotContain("积分怎么换松果");
            var candidates = new FaqCandidates(
                    room.knowledge, key -> Optional.ofNullable(room.desks().get(key)));
            assertThat(candidates.of(turn(Message.of(asked), known)).toString()).contains("积分怎么换松果");
            assertThat(candidates
                            .of(turn(Message.of(asked), Contact.anonymous("li")))
                            .toString())
                    .doesNotContain("积分怎么换松果");
        }
    }

    private static String shown(Response response) {
        return response.toString();
    }

    private Response ask(String said) {
        return faq.respond(turn(Message.of(said)), _ -> {});
    }

    private static Turn turn(Message message) {
        return turn(message, Contact.anonymous("anna"));
    }

    private static Turn turn(Message message, Contact contact) {
        return new Turn("c-1", "main", "wk_demo", Language.ZH_CN, message, most -> List.of(), contact);
    }
}
