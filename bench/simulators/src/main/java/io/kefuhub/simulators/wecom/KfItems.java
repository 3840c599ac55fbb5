package io.kefuhub.simulators.wecom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kefuhub.simulators.Json;
import io.kefuhub.simulators.Saying;
import java.time.Clock;

/** What stands in the pages that a hub pulls: messages of either side, and events. */
final class KfItems {
    static final int CUSTOMER = 3;
    static final int SERVICER = 5;

    private static final int SYSTEM = 4;

    private final Clock clock;

    KfItems(Clock clock) {
        this.clock = clock;
    }

    /** A message without its kind and content. */
    ObjectNode message(String account, String customer, int origin) {
        return Json.object()
                .put("msgid", Letters.id("4X"))
                .put("open_kfid", account)
                .put("external_userid", customer)
                .put("send_time", clock.instant().getEpochSecond())
                .put("origin", origin);
    }

    ObjectNode happened(ObjectNode event) {
        var json = Json.object()
                .put("msgid", Letters.id("4X"))
                .put("send_time", clock.instant().getEpochSecond())
                .put("origin", SYSTEM)
                .put("msgtype", "event");
        json.set("event", event);
        return json;
    }

    static ObjectNode event(String type, String account) {
        return Json.object().put("event_type", type).put("open_kfid", account);
    }

    static String id(ObjectNode item) {
        return item.path("msgid").asText();
    }

    static JsonNode content(Saying saying) {
        var content = Json.object();
        switch (saying.kind()) {
            case "text" -> content.put("content", saying.text()).put("menu_id", "");
            case "image", "voice", "video", "file" ->
                saying.media().ifPresent(item -> content.put("media_id", item.id()));
            case "location" ->
                content.put("latitude", 23.10)
                        .put("longitude", 113.32)
                        .put("name", saying.text().isBlank() ? "广州塔" : saying.text())
                        .put("address", "广东省广州市海珠区阅江西路222号");
            case "link" ->
                content.put("title", saying.text().isBlank() ? "松林小铺" : saying.text())
                        .put("desc", "")
                        .put("url", "https://www.example.com/")
                        .put("pic_url", "");
            case "miniprogram" ->
                content.put("title", saying.text().isBlank() ? "小程序" : saying.text())
                        .put("appid", "wx0000000000000000")
                        .put("pagepath", "pages/index.html")
                        .put("thumb_media_id", "");
            case "business_card" -> content.put("userid", KfPeople.SERVICERS.getFirst());
            default ->
                content.put("order_id", "3700000000000000001")
                        .put("product_titles", saying.text().isBlank() ? "松木杯" : saying.text())
                        .put("price_wording", "￥39.00")
                        .put("state", "待发货")
                        .put("image_url", "")
                        .put("shop_nickname", "松林小铺");
        }
        if (saying.more().path("content").isObject())
            content.setAll((ObjectNode) saying.more().path("content"));
        return content;
    }

    /** What the customer sees of it himself. */
    static String words(Saying saying) {
        if (!saying.text().isBlank()) return saying.text();
        return saying.kind().equals("location") ? "广州塔" : "";
    }
}
