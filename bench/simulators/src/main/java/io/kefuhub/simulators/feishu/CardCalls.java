package io.kefuhub.simulators.feishu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Json;

/** Calls about card entities. */
final class CardCalls {
    private static final String ALL = "/cardkit/v1/cards";
    private static final String ONE = ALL + "/{card_id}";
    private static final String ELEMENTS = ONE + "/elements";
    private static final String ELEMENT = ELEMENTS + "/{element_id}";
    private static final int LONGEST_UUID = 64;

    private CardCalls() {}

    /** One step of a card. */
    private interface Change {
        void apply(Cards cards, String card, JsonNode body, Cards.Step step);
    }

    static void addTo(Api api) {
        api.on("POST", ALL, CardCalls::create);
        change(api, "PUT", ONE, (cards, card, body, step) -> cards.replace(card, body.path("card"), step));
        change(
                api,
                "PATCH",
                ONE + "/settings",
                (cards, card, body, step) -> cards.settings(card, Api.text(body, "settings"), step));
        change(api, "POST", ELEMENTS, (cards, card, body, step) -> cards.add(card, Api.text(body, "elements"), step));
        api.on(
                "PUT",
                ELEMENT + "/content",
                (side, call) -> stepped(
                        side,
                        call,
                        (cards, card, body, step) -> cards.content(
                                card,
                                call.parameter("element_id"),
                                body.path("content").asText(),
                                step)));
        api.on(
                "PUT",
                ELEMENT,
                (side, call) -> stepped(
                        side,
                        call,
                        (cards, card, body, step) ->
                                cards.put(card, call.parameter("element_id"), Api.text(body, "element"), false, step)));
        api.on(
                "PATCH",
                ELEMENT,
                (side, call) -> stepped(
                        side,
                        call,
                        (cards, card, body, step) -> cards.put(
                                card, call.parameter("element_id"), Api.text(body, "partial_element"), true, step)));
        api.on(
                "DELETE",
                ELEMENT,
                (side, call) -> stepped(
                        side, call, (cards, card, _, step) -> cards.remove(card, call.parameter("element_id"), step)));
    }

    private static void change(Api api, String method, String path, Change change) {
        api.on(method, path, (side, call) -> stepped(side, call, change));
    }

    private static ObjectNode create(AppSide side, Call call) {
        side.app().demand("cardkit:card:write");
        var body = Api.body(call);
        return Json.object().put("card_id", side.cards.create(Api.text(body, "type"), Api.text(body, "data")));
    }

    private static ObjectNode stepped(AppSide side, Call call, Change change) {
        side.app().demand("cardkit:card:write");
        var body = Api.body(call);
        if (!body.path("sequence").isInt() || body.path("sequence").asInt() < 1) {
            throw Code.FIELD_WRONG.refusal("sequence is required");
        }
        var uuid = body.path("uuid").asText("");
        if (uuid.length() > LONGEST_UUID) throw Code.FIELD_WRONG.refusal("uuid has more than 64 characters");
        var card = call.parameter("card_id");
        change.apply(
                side.cards, card, body, new Cards.Step(body.path("sequence").asInt(), uuid));
        side.showCard(card);
        return Json.object();
    }
}
