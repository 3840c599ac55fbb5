package io.kefuhub.core.translation;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.core.HubFixture;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.story.TestPlatform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Two hundred replies of an agent through a whole hub and a service over HTTP that garbles every third. */
class TranslationRoundTest {
    private static final int SENTENCES = 200;
    private static final List<String> NAMES = List.of("林晓", "松林小铺", "Kefu Hub", "欧阳静");
    private static final Map<String, String> TERMS =
            Map.of("林晓", "Lin Xiao", "松林小铺", "Songlin Goods", "Kefu Hub", "Kefu Hub", "欧阳静", "Ouyang Jing");

    /** What must reach the customer in a translation, letter by letter. */
    private record Sentence(String text, List<String> facts) {}

    private final Set<String> garbled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger texts = new AtomicInteger();

    @Test
    void of_two_hundred_sentences_with_numbers_prices_and_names_none_reaches_a_customer_altered() throws Exception {
        try (var platform = new TestPlatform();
                var service = new PlayedTranslations();
                var hub = new HubFixture(platform, Map.of(), List.of(Offer.ofHub(new PlayedTranslations.Factory())))) {
            var owner = hub.owner();
            owner.put("/api/instances/translator/played", """
                    {"contribution":"played","settings":{"address":"%s"},"enabled":true}""".formatted(service.address()));
            var desk = owner.get("/api/translation").json().at("/desks/0/desk").asText();
            var terms = new ArrayList<String>();
            TERMS.forEach((term, becomes) ->
                    terms.add("{\"term\":\"%s\",\"to\":\"en\",\"becomes\":\"%s\"}".formatted(term, becomes)));
            assertThat(owner.put("/api/translation/" + desk, "{\"glossary\":[" + String.join(",", terms) + "]}")
                            .status())
                    .isEqualTo(200);
            platform.say(hub.port(), "q-1", "anna", "Hello, where is my order, please?");
            platform.await("anna", 1);
            var id = owner.get("/api/conversations?view=all")
                    .json()
                    .at("/conversations/0/id")
                    .asText();
            owner.post("/api/conversations/" + id + "/take", "{}");
            service.playsEach(this::garbledNowAndThen);

            var sentences = sentences();
            for (var i = 0; i < SENTENCES; i++) {
                var body = "{\"cid\":\"c%d\",\"parts\":[{\"type\":\"text\",\"text\":\"%s\"}]}"
                        .formatted(i, sentences.get(i).text());
                assertThat(owner.post("/api/conversations/" + id + "/reply", body)
                                .status())
                        .isEqualTo(200);
            }

            var heard = platform.await("anna", SENTENCES + 1);
            var originals = 0;
            for (var i = 0; i < SENTENCES; i++) {
                var text = heard.get(i + 1).text();
                var sentence = sentences.get(i);
                assertThat(garbled).as("what was garbled").doesNotContain(text);
                if (text.equals(sentence.text())) {
                    originals++;
                    continue;
                }
                assertThat(text).doesNotContainPattern("\\p{IsHan}").contains(sentence.facts());
            }
            assertThat(garbled).hasSizeGreaterThan(SENTENCES / 4);
            assertThat(originals)
                    .as("sent as they were, because their translations were garbled")
                    .isEqualTo(garbled.size());
            assertThat(owner.get("/metrics").text())
                    .contains("kefuhub_translations_total{outcome=\"altered\"} " + originals);
        }
    }

    /** Every third is garbled, in one of these ways after the other. */
    private String garbledNowAndThen(String right) {
        var ways = List.<UnaryOperator<String>>of(
                text -> text.replaceFirst("(\\d)(?=\\D*$)", "9$1"),
                text -> text.replaceFirst("\\.(\\d{2})", ",$1"),
                text -> text.replaceFirst("¥", "\\$"),
                text -> text.replaceFirst("KF-", "KV-"),
                text -> text.replaceFirst("\\[phone-1]", "13800138000"),
                text -> text.replaceFirst("https://", "http://"),
                text -> text.replaceFirst("Lin Xiao|Songlin Goods|Kefu Hub|Ouyang Jing", "Mr. Smith"),
                text -> text + " Refund within 30 days.",
                text -> text.replace("😊", "😡"),
                text -> text.replaceFirst("\\d", ""));
        var turn = texts.getAndIncrement();
        if (turn % 3 != 0) return right;
        for (var i = 0; i < ways.size(); i++) {
            var other = ways.get((turn / 3 + i) % ways.size()).apply(right);
            if (other.equals(right)) continue;
            garbled.add(other);
            return other;
        }
        throw new AssertionError("nothing to garble in " + right);
    }

    private static List<Sentence> sentences() {
        var all = new ArrayList<Sentence>();
        for (var i = 0; i < SENTENCES; i++) {
            var name = NAMES.get(i % NAMES.size());
            var price = "¥%,d.%02d".formatted(100 + i * 37, i % 100);
            var order = "KF-20261126-%04d".formatted(i);
            var named = TERMS.get(name);
            all.add(
                    switch (i % 4) {
                        case 0 ->
                            new Sentence(
                                    "%s：您的订单 %s 已发货，共 %d 件。".formatted(name, order, i + 2),
                                    List.of(named, order, " " + (i + 2) + " "));
                        case 1 ->
                            new Sentence(
                                    "您好，%s 为您核对过，应付 %s，已优惠 %d%%。".formatted(name, price, i % 60 + 1),
                                    List.of(named, price, (i % 60 + 1) + "%"));
                        case 2 ->
                            new Sentence(
                                    "%s 的退款 %s 将在 2026-12-%02d 到账，详情 https://shop.example/r/%d?a=1 。"
                                            .formatted(name, price, i % 28 + 1, i),
                                    List.of(
                                            named,
                                            price,
                                            "2026-12-%02d".formatted(i % 28 + 1),
                                            "https://shop.example/r/" + i + "?a=1"));
                        default ->
                            new Sentence(
                                    "请拨打 [phone-1] 找%s，报订单 %s，谢谢😊".formatted(name, order),
                                    List.of("[phone-1]", named, order, "😊"));
                    });
        }
        return all;
    }
}
