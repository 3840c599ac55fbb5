package io.kefuhub.channel.feishu.message;

import io.kefuhub.ai.exchange.JsonObject;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import io.kefuhub.channel.feishu.api.People;
import io.kefuhub.channel.feishu.event.Event;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Buttons of menus: choosing one says its text. Safe for threads. */
final class Pressed {
    private static final int LONGEST_ID = 200;

    private final Choices choices;
    private final People people;
    private final InstantSource clock;

    Pressed(Choices choices, People people, InstantSource clock) {
        this.choices = choices;
        this.people = people;
        this.clock = clock;
    }

    Taken take(Event event) {
        var operator = event.body()
                .object("operator")
                .map(one -> one.text("open_id", ""))
                .orElse("");
        var choice = event.body()
                .object("action")
                .flatMap(action -> action.object("value"))
                .flatMap(value -> value.text("choice"))
                .flatMap(choices::read);
        if (choice.isEmpty() || operator.isEmpty() || choice.get().text().isBlank()) {
            return toast("error", "This button is not valid any more", "此按钮已失效");
        }
        var thread = ThreadName.parse(choice.get().thread());
        var chat = event.body().object("context").flatMap(one -> one.text("open_chat_id"));
        if (chat.isPresent() && !chat.get().equals(thread.chat())) {
            return toast("error", "This button belongs to another chat", "此按钮属于其他会话");
        }
        if (!thread.person().isEmpty() && !thread.person().equals(operator)) {
            return toast(
                    "info", "This was asked of somebody else; mention the bot to ask yourself", "此选项面向他人，请 @机器人 提问");
        }
        var said = new Incoming(
                id(choice.get(), operator),
                choice.get().thread(),
                people.contact(operator),
                List.of(new Part.Text(choice.get().text())),
                clock.instant(),
                Optional.empty());
        return new Taken.Messages(List.of(said), words("success", "Got it", "已收到"));
    }

    /** Pressing the same button twice says it once. */
    private static String id(Choices.Choice choice, String operator) {
        var id = "choice:" + choice.delivery() + ":" + operator + ":" + choice.option();
        return id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID - 9) + Integer.toHexString(id.hashCode());
    }

    private static Taken toast(String type, String en, String zh) {
        return new Taken.Done(words(type, en, zh));
    }

    private static Map<String, Object> words(String type, String en, String zh) {
        var words = Map.of("zh_cn", zh, "en_us", en);
        return Map.of(
                "toast",
                new JsonObject(Map.of("type", type, "content", zh, "i18n", new JsonObject(Map.copyOf(words)))));
    }
}
