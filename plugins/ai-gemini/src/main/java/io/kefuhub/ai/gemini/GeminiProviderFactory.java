package io.kefuhub.ai.gemini;

import io.kefuhub.ai.exchange.ModelProvider;
import io.kefuhub.ai.exchange.Pictures;
import io.kefuhub.ai.exchange.Service;
import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes providers for the Gemini API. */
final class GeminiProviderFactory implements AiProviderFactory {
    private static final SettingSpec ADDRESS = Service.addressSpec()
            .withHelp(Language.EN, "With the version of the API, without /models.")
            .withHelp(Language.ZH_CN, "含 API 版本，不含 /models。")
            .withDefault("https://generativelanguage.googleapis.com/v1beta");
    private static final SettingSpec PICTURES = Service.PICTURES.withDefault("true");
    private static final Set<String> MIMES = Set.of("image/png", "image/jpeg", "image/webp");

    /** A question has at most 20 MB, in base64 and with all that stands around. */
    private static final long MOST_PICTURE = 7L << 20;

    @Override
    public Description description() {
        return new Description(
                "gemini",
                Map.of(Language.EN, "Gemini", Language.ZH_CN, "Gemini"),
                List.of(ADDRESS, Service.KEY, Service.MODEL, PICTURES, Service.TEMPERATURE));
    }

    @Override
    public AiProvider create(Settings settings, AiProviderContext context) {
        settings.text(Service.KEY);
        var key = Service.key(settings);
        var headers = Map.of("x-goog-api-key", key);
        var service = new Service(Service.address(settings, ADDRESS), key, headers, Service.model(settings));
        var pictures = new Pictures(context.files(), settings.flag(PICTURES), MIMES, MOST_PICTURE);
        var dialect = new GeminiDialect(service, settings.flag(Service.TEMPERATURE), pictures);
        return new ModelProvider(service, dialect, context);
    }
}
