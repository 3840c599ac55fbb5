package io.kefuhub.responder.example;

import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.ResponderFactory;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.ResponderContext;
import java.util.List;
import java.util.Map;

/** Makes responders that know orders. An admin may make several, such as one for each desk. */
final class OrderResponderFactory implements ResponderFactory {
    static final SettingSpec ORDERS = SettingSpec.list("orders", "Orders")
            .withLabel(Language.ZH_CN, "订单")
            .withHelp(Language.EN, "One on each line: its number, a space, and where it is.")
            .withHelp(Language.ZH_CN, "每行一个：订单号、空格、当前状态。")
            .optional();

    static final SettingSpec ALIAS = SettingSpec.text("alias", "Model alias")
            .withLabel(Language.ZH_CN, "模型别名")
            .withHelp(Language.EN, "Asked what the rules do not know; when empty, that is left to the next responder.")
            .withHelp(Language.ZH_CN, "规则答不上来的问题交给它；留空则交给下一个应答者。")
            .optional();

    static final SettingSpec ABOUT = SettingSpec.text("about", "About your shop, for the model")
            .withLabel(Language.ZH_CN, "给模型的店铺说明")
            .withDefault("You answer customers of a shop, briefly and in their language. If you do not know, say so.");

    static final SettingSpec PERSON = SettingSpec.list("person", "Words that call a person")
            .withLabel(Language.ZH_CN, "需要转人工的字词")
            .withHelp(Language.EN, "One on each line. Who asks for a person outright gets one anyway.")
            .withHelp(Language.ZH_CN, "每行一个。客户直接要求人工时，无论如何都会转接。")
            .withDefault("complaint\nlawyer\n投诉\n律师");

    @Override
    public Description description() {
        return new Description(
                "orders",
                Map.of(Language.EN, "Orders, then a model", Language.ZH_CN, "先查订单，再问模型"),
                List.of(ORDERS, ALIAS, ABOUT, PERSON));
    }

    @Override
    public Responder create(Settings settings, ResponderContext context) {
        return new OrderResponder(
                ListedOrders.of(
                        settings.list(ORDERS),
                        line -> new SettingsException(
                                ORDERS.key(), Localized.of("no number and state: " + line, "没有订单号和状态：" + line))),
                settings.list(PERSON),
                new ModelPart(context.models(), settings.find(ALIAS).orElse("").strip(), settings.text(ABOUT)));
    }
}
