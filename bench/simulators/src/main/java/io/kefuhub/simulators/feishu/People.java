package io.kefuhub.simulators.feishu;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who there is in the tenant and where they talk. A person is there as soon as somebody asks for a name; so is the
 * private chat of a person with the bot. Safe for threads.
 */
final class People {
    private final Ids ids;
    private final Map<String, User> users = new LinkedHashMap<>();
    private final Map<String, Chat> chats = new LinkedHashMap<>();
    private final Set<String> outOfRange = new LinkedHashSet<>();

    record User(String openId, String unionId, String userId, String name, String email) {}

    /**
     * @param group false for the private chat of one person with the bot
     * @param members open ids of the people in it
     * @param bot whether the bot is in it
     */
    record Chat(String id, boolean group, String name, List<String> members, boolean bot) {
        Chat {
            members = List.copyOf(members);
        }

        String type() {
            return group ? "group" : "p2p";
        }
    }

    People(Ids ids) {
        this.ids = ids;
    }

    synchronized User named(String name) {
        if (name.isBlank()) throw new IllegalArgumentException("a person needs a name");
        var openId = "ou_" + ids.hex("open/" + name, 32);
        return users.computeIfAbsent(openId, _ -> {
            var account = ids.hex("user/" + name, 8);
            return new User(
                    openId, "on_" + ids.hex("union/" + name, 32), account, name, account + "@customers.example");
        });
    }

    synchronized Optional<User> user(String openId) {
        return Optional.ofNullable(users.get(openId));
    }

    synchronized User find(String type, String id) {
        for (var user : users.values()) {
            var theirs = switch (type) {
                case "open_id" -> user.openId();
                case "union_id" -> user.unionId();
                case "user_id" -> user.userId();
                case "email" -> user.email();
                default -> throw Code.FIELD_WRONG.refusal("id type " + type);
            };
            if (theirs.equals(id)) return user;
        }
        throw Code.USER_UNKNOWN.refusal(type + " " + id);
    }

    synchronized void rename(String name, String email) {
        var user = named(name);
        users.put(user.openId(), new User(user.openId(), user.unionId(), user.userId(), name, email));
    }

    /** Whether the app may see and write to this person at all. */
    synchronized void range(String name, boolean inRange) {
        var openId = named(name).openId();
        if (inRange) outOfRange.remove(openId);
        else outOfRange.add(openId);
    }

    synchronized boolean outOfRange(String openId) {
        return outOfRange.contains(openId);
    }

    synchronized Chat privateChat(User user) {
        var id = "oc_" + ids.hex("p2p/" + user.name(), 32);
        return chats.computeIfAbsent(id, _ -> new Chat(id, false, user.name(), List.of(user.openId()), true));
    }

    /** The group of this name with this person in it. */
    synchronized Chat group(String name, User user) {
        var id = "oc_" + ids.hex("group/" + name, 32);
        var chat = chats.computeIfAbsent(id, _ -> new Chat(id, true, name, List.of(), true));
        if (chat.members().contains(user.openId())) return chat;
        var members = new ArrayList<>(chat.members());
        members.add(user.openId());
        var wider = new Chat(id, true, name, members, chat.bot());
        chats.put(id, wider);
        return wider;
    }

    synchronized Optional<Chat> chat(String id) {
        return Optional.ofNullable(chats.get(id));
    }

    /** The bot comes into a group or is sent out of it. */
    synchronized Chat bot(String chatId, boolean inside) {
        var chat = chats.get(chatId);
        if (chat == null) throw new IllegalArgumentException("no chat " + chatId);
        var changed = new Chat(chat.id(), chat.group(), chat.name(), chat.members(), inside);
        chats.put(chatId, changed);
        return changed;
    }

    synchronized List<Chat> chats() {
        return List.copyOf(chats.values());
    }
}
