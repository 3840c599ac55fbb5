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

/** Makes translators that ask a service such as LibreTranslate, which may run on your own machine. */
final class LibreTranslateFactory implements TranslatorFactory {
    private static final SettingSpec ADDRESS = Service.addressSpec()
            .withHelp(Language.EN, "Without /translate, such as http://localhost:5000.")
            .withHelp(Language.ZH_CN, "不含 /translate，例如 http://localhost:5000。");
    private static final SettingSpec KEY = Service.KEY.optional();

    @Override
    public Description description() {
        return new Description(
                "libretranslate",
                Map.of(Language.EN, "LibreTranslate", Language.ZH_CN, "LibreTranslate"),
                List.of(ADDRESS, KEY));
    }

    @Override
    public Translator create(Settings settings, TranslatorContext context) {
        var shape = new LibreTranslate(Service.address(settings, ADDRESS), Service.key(settings));
        return new ServiceTranslator(shape, context);
    }
}
