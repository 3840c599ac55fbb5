package io.kefuhub.channel.feishu;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.kit.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said to who opens the chat with the bot. */
class GreetingTest {
    private final PlayedPlatform platform = new PlayedPlatform();
    private final Wired wired = new Wired(platform);

    GreetingTest() throws IOException {}

    @AfterEach
    void end() {
        wired.close();
        platform.close();
    }

    @Test
    void whoever_opens_the_chat_is_greeted_once_in_two_days() throws InterruptedException {
        var greeting = wired.byWebhook("welcome", "您好，请问有什么可以帮您？");

        entered(greeting, "e1", Map.of());
        Waits.until(() -> platform.shown(Told.CHAT).size() == 1);
        entered(greeting, "e2", Map.of());
        wired.fake.clock().move(Duration.ofHours(47));
        entered(greeting, "e3", Map.of());
        wired.fake.clock().move(Duration.ofHours(2));
        entered(greeting, "e4", Map.of());
        Waits.until(() -> platform.shown(Told.CHAT).size() == 2);

        assertThat(platform.shown(Told.CHAT)).containsOnly("您好，请问有什么可以帮您？");
    }

    @Test
    void nobody_is_greeted_in_the_middle_of_a_conversation_or_without_words_for_it() {
        var hourAgo = FakeClock.START.minus(Duration.ofHours(1));
        var greeting = wired.byWebhook("welcome", "您好");

        entered(greeting, "e1", Map.of("last_message_create_time", String.valueOf(hourAgo.toEpochMilli())));
        entered(greeting, "e2", Map.of("last_message_create_time", String.valueOf(hourAgo.getEpochSecond())));
        entered(wired.byWebhook(), "e3", Map.of());

        assertThat(wired.fake.store().contents().keySet()).noneMatch(key -> key.startsWith("greeted:"));
        assertThat(platform.shown(Told.CHAT)).isEmpty();
    }

    @Test
    void a_greeting_with_choices_has_buttons_and_one_that_was_refused_comes_with_the_next_visit()
            throws InterruptedException {
        var greeting = wired.byWebhook(Map.of("welcome", "您好", "welcome-choices", "查订单\n转人工"));
        platform.refuse("POST", "/open-apis/im/v1/messages", 200, 99_991_663, "no");
        platform.refuse("POST", "/open-apis/im/v1/messages", 200, 230_002, "bot is not in the chat");

        entered(greeting, "e1", Map.of());
        Waits.until(() -> platform.calls("POST", "/open-apis/im/v1/messages").size() >= 2
                && !wired.fake.store().contents().containsKey("greeted:" + Told.CHAT));
        entered(greeting, "e2", Map.of());
        Waits.until(() -> platform.shown(Told.CHAT).size() == 1);

        assertThat(platform.shown(Told.CHAT).getFirst()).contains("您好", "查订单", "转人工");
    }

    private void entered(Channel channel, String event, Map<String, String> more) {
        var body = new HashMap<String, Object>(more);
        body.put("chat_id", Told.CHAT);
        body.put("operator_id", Map.of("open_id", Told.PERSON));
        var json = Told.event(event, "im.chat.access_event.bot_p2p_chat_entered_v1", body);
        var call = Sealed.call(json, wired.fake.clock().instant()).call();
        assertThat(channel.receive(call)).isInstanceOf(Receipt.Answered.class);
    }
}
