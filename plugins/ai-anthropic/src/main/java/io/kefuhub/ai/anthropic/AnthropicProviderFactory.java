package io.kefuhub.ai.anthropic;

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

/** Makes providers for the Anthropic Messages API. */
final class AnthropicProviderFactory implements AiProviderFactory {
    private static final String VERSION = "2023-06-01";
    private static final SettingSpec ADDRESS = Service.addressSpec()
            .withHelp(Language.EN, "Without /v1/messages.")
            .withHelp(Language.ZH_CN, "不含 /v1/messages。")
            .withDefault("https://api.anthropic.com");
    private static final SettingSpec PICTURES = Service.PICTURES.withDefault("true");
    private static final Set<String> MIMES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

    /** 5 MB as text in base64. */
    private static final long MOST_PICTURE = 3_750_000;

    @Override
    public Description description() {
        return new Description(
                "anthropic",
                Map.of(Language.EN, "Anthropic", Language.ZH_CN, "Anthropic"),
                List.of(ADDRESS, Service.KEY, Service.MODEL, PICTURES, Service.TEMPERATURE));
    }

    @Override
    public AiProvider create(Settings settings, AiProviderContext context) {
        settings.text(Service.KEY);
        var key = Service.key(settings);
        var address = Service.address(settings, ADDRESS).replaceAll("/v1$", "");
        var headers = Map.of("x-api-key", key, "anthropic-version", VERSION);
        var service = new Service(address, key, headers, Service.model(settings));
        var pictures = new Pictures(context.files(), settings.flag(PICTURES), MIMES, MOST_PICTURE);
        var dialect = new AnthropicDialect(service, settings.flag(Service.TEMPERATURE), pictures);
        return new ModelProvider(service, dialect, context);
    }
}
