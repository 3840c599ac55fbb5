package io.kefuhub.translate.model;

import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.TranslatorFactory;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.api.translate.TranslatorContext;
import java.util.List;
import java.util.Map;

/** Makes translators that ask an alias. */
final class ModelTranslatorFactory implements TranslatorFactory {
    static final SettingSpec ALIAS = SettingSpec.text("alias", "Model alias")
            .withLabel(Language.ZH_CN, "模型别名")
            .withHelp(Language.EN, "As it is called under Models. What it costs counts in the budgets of the desk.")
            .withHelp(Language.ZH_CN, "“模型”页面中的别名。费用计入所属部门的预算。");
    static final SettingSpec MANNER = SettingSpec.text("manner", "Manner of speech")
            .withLabel(Language.ZH_CN, "语气要求")
            .withHelp(Language.EN, "A sentence for the model, such as: formal, and with the polite form of address.")
            .withHelp(Language.ZH_CN, "写给模型的一句话，例如：正式，使用敬语。")
            .optional();

    @Override
    public Description description() {
        return new Description(
                "translate-model",
                Map.of(Language.EN, "Translation by a model", Language.ZH_CN, "模型翻译"),
                List.of(ALIAS, MANNER));
    }

    @Override
    public Translator create(Settings settings, TranslatorContext context) {
        return new ModelTranslator(
                settings.text(ALIAS).strip(),
                settings.find(MANNER).map(String::strip).orElse(""),
                context.models());
    }
}
