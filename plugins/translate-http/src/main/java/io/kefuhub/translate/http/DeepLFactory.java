package io.kefuhub.translate.http;

import io.kefuhub.ai.exchange.Service;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.TranslatorFactory;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.api.translate.TranslatorContext;
import java.util.List;
import java.util.Map;

/** Makes translators that ask DeepL, or a service that speaks as it does. */
final class DeepLFactory implements TranslatorFactory {
    private static final SettingSpec ADDRESS = Service.addressSpec()
            .withHelp(Language.EN, "https://api-free.deepl.com for keys that end with :fx.")
            .withHelp(Language.ZH_CN, "以 :fx 结尾的密钥请使用 https://api-free.deepl.com。")
            .withDefault("https://api.deepl.com");

    @Override
    public Description description() {
        return new Description(
                "deepl", Map.of(Language.EN, "DeepL", Language.ZH_CN, "DeepL"), List.of(ADDRESS, Service.KEY));
    }

    @Override
    public Translator create(Settings settings, TranslatorContext context) {
        settings.text(Service.KEY);
        var shape = new DeepL(Service.address(settings, ADDRESS), Service.key(settings));
        return new ServiceTranslator(shape, context);
    }
}
