package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import io.kefuhub.simulators.BadInputException;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Surface.Act;
import io.kefuhub.simulators.Surface.Field;
import io.kefuhub.simulators.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What happens besides what is said: in the customer's app, in the admin's console and on the line. */
final class Acts {
    private static final Field MESSAGE =
            new Field("message", new Words("Message (empty: the last)", "消息（留空取最后一条）"), "");
    private static final Field EMOJI = new Field("emoji", new Words("Reaction", "表情"), "THUMBSUP");
    private static final Field GROUP = new Field("group", new Words("Group", "群"), "售后群");

    static final List<Act> COMMON = List.of(
            act("enter", "Opens the chat with the bot", "打开机器人会话"),
            act("read", "Reads what the bot wrote", "阅读机器人消息", MESSAGE),
            act("recall", "Recalls a message", "撤回消息", MESSAGE),
            act("react", "Puts a reaction under a message", "添加表情回复", MESSAGE, EMOJI),
            act("unreact", "Takes the reaction away", "取消表情回复", MESSAGE, EMOJI),
            act("again", "The same message as another event", "同一消息再来一个事件", MESSAGE),
            act("bot-joins", "The bot is taken into a group", "机器人入群", GROUP),
            act("bot-leaves", "The bot is put out of a group", "机器人被移出群", GROUP),
            act(
                    "rename",
                    "Has another e-mail address",
                    "修改邮箱",
                    new Field("email", new Words("E-mail", "邮箱"), "anna@example.com")),
            act(
                    "range",
                    "Is in the app's range, or not",
                    "是否在应用可用范围内",
                    new Field("in", new Words("true or false", "true 或 false"), "false")),
            act(
                    "scope",
                    "A permission is given or taken",
                    "授予或收回权限",
                    new Field("scope", new Words("Permission", "权限"), "contact:user.base:readonly"),
                    new Field("granted", new Words("true or false", "true 或 false"), "false")),
            act(
                    "activate",
                    "The bot is switched on or off",
                    "启用或停用机器人",
                    new Field("on", new Words("true or false", "true 或 false"), "false")),
            act("revoke-tokens", "All tokens are revoked", "吊销全部令牌"),
            act(
                    "unknown",
                    "An event nobody knows",
                    "未知事件",
                    new Field("event", new Words("Event", "事件"), "im.chat.updated_v1")));

    static final List<Act> CONNECTED = connected();

    private final AppSide side;

    Acts(AppSide side) {
        this.side = side;
    }

    private static List<Act> connected() {
        var all = new ArrayList<>(COMMON);
        all.add(act("cut-lines", "All lines are cut", "断开全部长连接"));
        all.add(act(
                "configure",
                "Clients are told other times",
                "下发客户端参数",
                new Field("ping", new Words("Seconds between pings", "心跳间隔（秒）"), "2"),
                new Field("reconnect", new Words("Seconds until the next try", "重连间隔（秒）"), "1"),
                new Field("nonce", new Words("At most so many before the first", "首次重连最大随机秒数"), "0")));
        return List.copyOf(all);
    }

    private static Act act(String id, String en, String zh, Field... fields) {
        return new Act(id, new Words(en, zh), List.of(fields));
    }

    JsonNode act(String customer, String act, JsonNode with) {
        switch (act) {
            case "enter" -> enter(side.customer(customer));
            case "read" ->
                read(
                        side.customer(customer),
                        message(customer, with, one -> one.origin().bot()));
            case "recall" -> recall(message(customer, with, one -> isBy(one, customer)));
            case "react" ->
                react(
                        side.customer(customer),
                        message(customer, with, one -> one.origin().bot()),
                        with);
            case "unreact" ->
                unreact(
                        side.customer(customer),
                        message(customer, with, one -> one.origin().bot()),
                        with);
            case "again" -> again(message(customer, with, one -> isBy(one, customer)));
            case "bot-joins" -> botInside(side.customer(customer), with, true);
            case "bot-leaves" -> botInside(side.customer(customer), with, false);
            case "rename" -> side.people.rename(side.customer(customer).name(), text(with, "email"));
            case "range" -> side.people.range(side.customer(customer).name(), flag(with, "in"));
            case "scope" -> side.change(app -> app.withScope(text(with, "scope"), flag(with, "granted")));
            case "activate" -> side.change(app -> app.withActivated(flag(with, "on")));
            case "revoke-tokens" -> side.tokens.revoke(Code.TOKEN_REVOKED);
            case "unknown" ->
                side.road.carry(
                        "",
                        side.events()
                                .envelope(text(with, "event"), Json.object().put("chat_id", "oc_x")));
            case "press" -> {
                var card = side.named(text(with, "message"));
                return side.presses.press(presser(customer, card), card, text(with, "button"), with.path("form"));
            }
            case "cut-lines" -> line().cut();
            case "configure" -> configure(with);
            default -> throw new BadInputException("nothing is called " + act + " here");
        }
        return Json.object().put("done", true);
    }

    private void enter(People.User who) {
        var chat = side.people.privateChat(who);
        var before = side.history(chat.id());
        var last = before.isEmpty() ? Optional.<Posted>empty() : Optional.of(before.getLast());
        side.road.carry(chat.id(), side.events().entered(chat, who, last));
    }

    private void read(People.User who, Posted message) {
        if (side.chat(message).group()) throw new BadInputException("only private chats tell what was read");
        side.show(side.messages.read(message.id()));
        side.road.carry(message.chat(), side.events().read(message, who));
    }

    private void recall(Posted message) {
        if (message.origin().bot()) throw new BadInputException("the customer recalls only what he wrote");
        side.show(side.messages.withdraw(message.id()));
        side.road.carry(message.chat(), side.events().recalled(message));
    }

    private void react(People.User who, Posted message, JsonNode with) {
        var reaction = refusing(() -> side.messages.react(message.id(), text(with, "emoji"), origin(who)));
        side.show(side.named(message.id()));
        side.road.carry(message.chat(), side.events().reaction(message, reaction, who, true));
    }

    private void unreact(People.User who, Posted message, JsonNode with) {
        for (var reaction : message.state().reactions()) {
            if (!reaction.by().equals(origin(who)) || !reaction.emoji().equals(text(with, "emoji"))) continue;
            side.messages.unreact(message.id(), reaction.id(), reaction.by());
            side.show(side.named(message.id()));
            side.road.carry(message.chat(), side.events().reaction(message, reaction, who, false));
            return;
        }
        throw new BadInputException("there is no such reaction of this customer");
    }

    private void again(Posted message) {
        new Talk(side).tell(message, message.origin().sender());
    }

    private void botInside(People.User who, JsonNode with, boolean inside) {
        var group = side.people.bot(side.people.group(text(with, "group"), who).id(), inside);
        side.road.carry(group.id(), side.events().botInside(group, who, inside));
    }

    private void configure(JsonNode with) {
        var now = line().config();
        line().configure(new LongConnection.ClientConfig(
                number(with, "count", now.reconnectCount()),
                number(with, "reconnect", now.reconnectInterval()),
                number(with, "nonce", now.reconnectNonce()),
                number(with, "ping", now.pingInterval())));
    }

    private LongConnection line() {
        if (side.road instanceof LongConnection line) return line;
        throw new BadInputException("there is no long connection here");
    }

    /** In a group anybody in it presses; where nobody is named, the one whose chat it is. */
    private People.User presser(String customer, Posted card) {
        return side.customer(customer.isEmpty() ? side.chat(card).members().getFirst() : customer);
    }

    private Posted message(String customer, JsonNode with, Predicate<Posted> fitting) {
        var id = with.path("message").asText("");
        if (!id.isEmpty()) return side.named(id);
        var group = with.path("group").asText("");
        var who = side.customer(customer);
        var chat = group.isEmpty() ? side.people.privateChat(who) : side.people.group(group, who);
        return side.history(chat.id()).stream()
                .filter(fitting)
                .reduce((_, later) -> later)
                .orElseThrow(() -> new BadInputException("there is no such message yet"));
    }

    private static boolean isBy(Posted message, String customer) {
        return message.origin().sender().equals(customer);
    }

    private static Posted.Origin origin(People.User who) {
        return new Posted.Origin(false, who.openId());
    }

    private static <T> T refusing(Supplier<T> what) {
        try {
            return what.get();
        } catch (Refusal refusal) {
            throw new BadInputException(String.valueOf(refusal.getMessage()));
        }
    }

    private static String text(JsonNode with, String name) {
        var value = with.path(name).asText("");
        if (value.isEmpty()) throw new BadInputException(name + " is missing");
        return value;
    }

    private static boolean flag(JsonNode with, String name) {
        return switch (text(with, name)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new BadInputException(name + " must be true or false");
        };
    }

    private static int number(JsonNode with, String name, int usual) {
        var value = with.path(name).asText("");
        if (value.isEmpty()) return usual;
        if (!value.matches("-?\\d{1,6}")) throw new BadInputException(name + " must be a number");
        return Integer.parseInt(value);
    }
}
