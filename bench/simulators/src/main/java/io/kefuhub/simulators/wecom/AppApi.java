package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Customer;
import io.kefuhub.simulators.Scene;
import io.kefuhub.simulators.Shown;
import io.kefuhub.simulators.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The app as the hub calls it. Safe for threads. */
final class AppApi {
    /** Taken, but for nobody: the recipients are named as invalid. */
    static final String INVALID_USER = "invalid-user";

    /** Messages of one app to one member in a minute; what is more is dropped without a word. */
    static final int A_MINUTE = 30;

    private static final Set<String> KINDS =
            Set.of("text", "image", "voice", "video", "file", "textcard", "news", "markdown", "template_card");
    private static final Pattern ESCAPED = Pattern.compile("\\\\u(?:00[89a-fA-F]|0[1-9a-fA-F]|[1-9a-fA-F])[0-9a-fA-F]");
    private static final int TEXT = 2048;

    private final Scene scene;
    private final AppCards cards;
    private final Contents contents;
    private final Map<String, Sent> sent = new HashMap<>();
    private final Map<String, List<Instant>> recent = new HashMap<>();

    private record Sent(String message, Instant at) {}

    AppApi(Scene scene, AppCards cards, Contents contents) {
        this.scene = scene;
        this.cards = cards;
        this.contents = contents;
    }

    void addTo(Api api) {
        api.app("POST", "message/send", this::send);
        api.app("POST", "message/update_template_card", this::update);
        api.app("POST", "message/recall", this::recall);
        api.app("GET", "agent/get", AppApi::agent);
        api.app("GET", "user/get", this::member);
    }

    private static Answer agent(Call call) throws Wrong {
        if (!call.query("agentid").equals(Integer.toString(Corp.AGENT)))
            throw new Wrong(Wrong.AGENT, "invalid agentid");
        return Answer.json(
                Wrong.ok().put("agentid", Corp.AGENT).put("name", "松林小铺助手").put("close", 0));
    }

    private Answer member(Call call) throws Wrong {
        var id = call.query("userid");
        var member = scene.customers().stream()
                .filter(one -> one.surface().equals(App.SURFACE) && one.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new Wrong(Wrong.MEMBER, "userid not found"));
        return Answer.json(
                Wrong.ok().put("userid", id).put("name", member.name()).put("status", 1));
    }

    private synchronized Answer send(Call call) throws Wrong {
        if (ESCAPED.matcher(call.body()).find())
            throw new Wrong(Wrong.ESCAPED, "non-ASCII characters must not be escaped");
        var body = call.json();
        if (body.path("agentid").asInt() != Corp.AGENT) throw new Wrong(Wrong.AGENT, "invalid agentid");
        var kind = body.path("msgtype").asText();
        // Too much text is cut here, not refused.
        if (kind.equals("text") && body.path("text") instanceof ObjectNode text) {
            text.put("content", cut(text.path("content").asText()));
        }
        var message = contents.of(body, KINDS);
        var task = body.path("template_card").path("task_id").asText();
        if (task.length() > 128) throw new Wrong(Wrong.PARAMETER, "task_id is too long");
        var invalid = new ArrayList<String>();
        var members = members(body, invalid);
        if (scene.faults.strikes(INVALID_USER, call.path())) {
            members.forEach(member -> invalid.add(member.id()));
            members = List.of();
        } else if (members.isEmpty()) {
            throw new Wrong(Wrong.NOBODY, "all touser are invalid");
        }
        var id = Letters.id("msg-");
        var same = again(body);
        if (same != null) return Answer.json(answer(same, invalid, ""));
        var code = kind.equals("template_card")
                ? cards.sent(
                        id, task, body.path("template_card").path("card_type").asText())
                : "";
        for (var member : members) show(members.size() == 1 ? id : id + "-" + member.id(), member, message);
        sent.put(content(body), new Sent(id, scene.time.instant()));
        return Answer.json(answer(id, invalid, code));
    }

    private static JsonNode answer(String id, List<String> invalid, String code) {
        var answer = Wrong.ok()
                .put("invaliduser", String.join("|", invalid))
                .put("invalidparty", "")
                .put("invalidtag", "")
                .put("unlicenseduser", "")
                .put("msgid", id);
        if (!code.isEmpty()) answer.put("response_code", code);
        return answer;
    }

    private List<Customer> members(JsonNode body, List<String> invalid) {
        var all = scene.customers().stream()
                .filter(customer -> customer.surface().equals(App.SURFACE))
                .toList();
        var to = body.path("touser").asText();
        if (to.equals("@all")) return all;
        var found = new ArrayList<Customer>();
        for (var id : to.split("\\|")) {
            var member = all.stream().filter(one -> one.id().equals(id)).findFirst();
            member.ifPresentOrElse(found::add, () -> invalid.add(id));
        }
        return found;
    }

    /** The message that was the same, if doubles were to be looked for. */
    private @Nullable String again(JsonNode body) {
        if (body.path("enable_duplicate_check").asInt() != 1) return null;
        var before = sent.get(content(body));
        var interval = Duration.ofSeconds(body.path("duplicate_check_interval").asLong(1800));
        if (before == null || before.at.plus(interval).isBefore(scene.time.instant())) return null;
        return before.message;
    }

    private static String content(JsonNode body) {
        var kind = body.path("msgtype").asText();
        return body.path("touser") + kind + body.path(kind);
    }

    private void show(String id, Customer member, Shown message) {
        var times = recent.computeIfAbsent(member.id(), _ -> new ArrayList<>());
        var now = scene.time.instant();
        times.removeIf(at -> at.isBefore(now.minusSeconds(60)));
        if (times.size() >= A_MINUTE) {
            scene.journal.note(
                    App.SURFACE,
                    new Words("dropped: more than 30 messages in a minute to %s", "已丢弃：一分钟内向 %s 发送超过 30 条消息"),
                    member.id());
            return;
        }
        times.add(now);
        scene.screens.show(message.as(id, App.SURFACE, member.id()));
    }

    private Answer update(Call call) throws Wrong {
        var body = call.json();
        if (body.path("agentid").asInt() != Corp.AGENT) throw new Wrong(Wrong.AGENT, "invalid agentid");
        var card = body.path("template_card");
        var label = body.path("button").path("replace_name").asText();
        if (label.isEmpty() && card.isMissingNode())
            throw new Wrong(Wrong.PARAMETER, "button or template_card is missing");
        var message = cards.change(body.path("response_code").asText());
        scene.screens.change(
                message,
                shown -> shown.withCard(label.isEmpty() ? Cards.template(card) : Cards.replaced(shown.card(), label)));
        return Answer.json(Wrong.ok().put("invaliduser", ""));
    }

    private Answer recall(Call call) throws Wrong {
        var id = call.json().path("msgid").asText();
        if (!scene.screens.change(id, Shown::withRecalled)) throw new Wrong(Wrong.PARAMETER, "invalid msgid");
        return Answer.json(Wrong.ok());
    }

    synchronized void clear() {
        sent.clear();
        recent.clear();
        cards.clear();
    }

    private static String cut(String text) {
        var end = text.length();
        while (Contents.size(text.substring(0, end)) > TEXT) end--;
        return text.substring(0, end);
    }
}
