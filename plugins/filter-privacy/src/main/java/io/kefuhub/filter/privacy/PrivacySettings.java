package io.kefuhub.filter.privacy;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.filter.privacy.finding.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an admin may set, as the form shows it. */
final class PrivacySettings {
    static final String BOTH = "both";
    static final String MODELS_ONLY = "models";
    static final String PEOPLE_ONLY = "people";
    static final String OFF = "off";

    static final SettingSpec MODELS = SettingSpec.flag("models", "Keep it from models")
            .withLabel(Language.ZH_CN, "不让模型看到")
            .withHelp(
                    Language.EN,
                    "A model reads [phone-1] and the like; what stood there is put back into its answer before anybody"
                            + " reads it.")
            .withHelp(Language.ZH_CN, "模型只看到 [phone-1] 之类的占位符，回答显示之前会换回原文。")
            .withDefault("true");

    static final SettingSpec DESK = SettingSpec.flag("desk", "Cover it before agents who may not see it")
            .withLabel(Language.ZH_CN, "对普通客服打码")
            .withHelp(
                    Language.EN,
                    "What is stored stays as it is. Supervisors, admins, owners and agents who are confidants see all.")
            .withHelp(Language.ZH_CN, "只影响显示，不改变保存的内容。主管、管理员、所有者以及有“可看个人信息”角色的客服仍看到原文。")
            .withDefault("true");

    static final SettingSpec CUSTOMERS = SettingSpec.flag("customers", "Cover it in what customers write, for good")
            .withLabel(Language.ZH_CN, "客户消息入库前打码")
            .withHelp(Language.EN, "It is not stored then: nobody can read it again, nor call back.")
            .withHelp(Language.ZH_CN, "打码后原文不再保存，任何人都无法查看，也无法据此回拨。")
            .withDefault("false");

    static final SettingSpec BOT = SettingSpec.flag("bot", "Cover it in what the hub answers")
            .withLabel(Language.ZH_CN, "自动回复中打码")
            .withHelp(Language.EN, "Also what the customer has just written, and your own address.")
            .withHelp(Language.ZH_CN, "包括客户自己刚写的内容，以及贵公司的电话和地址。")
            .withDefault("false");

    static final SettingSpec AGENTS = SettingSpec.flag("agents", "Cover it in what agents write")
            .withLabel(Language.ZH_CN, "客服回复中打码")
            .withDefault("false");

    static final Map<Kind, SettingSpec> KINDS = kinds();

    static final SettingSpec PATTERNS = SettingSpec.list("order-patterns", "What order numbers look like")
            .withLabel(Language.ZH_CN, "订单号格式")
            .withHelp(
                    Language.EN,
                    "A regular expression (RE2) on each line, such as KH-\\d{8}. Without one, order numbers are left alone.")
            .withHelp(Language.ZH_CN, "每行一个正则表达式（RE2），例如 KH-\\d{8}；不填写则不处理订单号。")
            .optional();

    static final SettingSpec COVER = SettingSpec.text("cover", "Sign that covers")
            .withLabel(Language.ZH_CN, "打码符号")
            .withDefault("*");

    static final SettingSpec ENDS = SettingSpec.flag("ends", "Leave the ends to be seen")
            .withLabel(Language.ZH_CN, "保留首尾")
            .withHelp(Language.EN, "138****8000 instead of ***********. Addresses are always covered whole.")
            .withHelp(Language.ZH_CN, "例如 138****8000，而不是 ***********；地址总是整段打码。")
            .withDefault("true");

    private PrivacySettings() {}

    private static Map<Kind, SettingSpec> kinds() {
        var kinds = new EnumMap<Kind, SettingSpec>(Kind.class);
        kinds.put(Kind.PHONE, kind(Kind.PHONE, "Phone numbers", "电话号码"));
        kinds.put(Kind.ID_CARD, kind(Kind.ID_CARD, "Identity cards", "身份证号"));
        kinds.put(Kind.BANK_CARD, kind(Kind.BANK_CARD, "Bank cards", "银行卡号"));
        kinds.put(Kind.EMAIL, kind(Kind.EMAIL, "E-mail addresses", "电子邮箱"));
        kinds.put(Kind.ADDRESS, kind(Kind.ADDRESS, "Addresses", "地址"));
        kinds.put(Kind.PLATE, kind(Kind.PLATE, "Plates of cars", "车牌号"));
        kinds.put(Kind.PASSPORT, kind(Kind.PASSPORT, "Passports", "护照和通行证号"));
        kinds.put(Kind.ORDER, kind(Kind.ORDER, "Order numbers", "订单号"));
        return kinds;
    }

    private static SettingSpec kind(Kind kind, String en, String zh) {
        return SettingSpec.choice(kind.key(), en, List.of(BOTH, MODELS_ONLY, PEOPLE_ONLY, OFF))
                .withLabel(Language.ZH_CN, zh)
                .withHelp(Language.EN, "Whom it is kept from.")
                .withHelp(Language.ZH_CN, "对谁隐藏。")
                .withChoiceLabel(BOTH, Localized.of("From models and, where it is covered, from people", "模型和（需打码处的）人"))
                .withChoiceLabel(MODELS_ONLY, Localized.of("From models only", "仅模型"))
                .withChoiceLabel(PEOPLE_ONLY, Localized.of("From people only", "仅人"))
                .withChoiceLabel(OFF, Localized.of("From nobody", "不处理"))
                .withDefault(BOTH);
    }

    static List<SettingSpec> all() {
        var all = new ArrayList<>(List.of(MODELS, DESK, CUSTOMERS, BOT, AGENTS));
        all.addAll(KINDS.values());
        all.addAll(List.of(PATTERNS, COVER, ENDS));
        return List.copyOf(all);
    }

    /** @param only the choice that means these and nobody else */
    static Set<Kind> hidden(Settings settings, String only) {
        var hidden = EnumSet.noneOf(Kind.class);
        KINDS.forEach((kind, spec) -> {
            var from = settings.text(spec);
            if (from.equals(BOTH) || from.equals(only)) hidden.add(kind);
        });
        return hidden;
    }
}
