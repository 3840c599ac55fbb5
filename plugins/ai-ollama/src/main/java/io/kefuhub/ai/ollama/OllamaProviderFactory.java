package io.kefuhub.ai.ollama;

import io.kefuhub.ai.exchange.ModelProvider;
import io.kefuhub.ai.exchange.Pictures;
import io.kefuhub.ai.exchange.Service;
import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.Description;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes providers for Ollama. */
final class OllamaProviderFactory implements AiProviderFactory {
    private static final SettingSpec ADDRESS = Service.addressSpec()
            .withHelp(Language.EN, "Where Ollama listens, without /api or /v1.")
            .withHelp(Language.ZH_CN, "Ollama 的监听地址，不含 /api 或 /v1。")
            .withDefault("http://localhost:11434");
    private static final SettingSpec KEY = Service.KEY
            .withHelp(Language.EN, "Only for a gateway before it; Ollama itself has none.")
            .withHelp(Language.ZH_CN, "仅当其前面有网关时填写；Ollama 本身没有密钥。")
            .optional();
    private static final SettingSpec WINDOW = SettingSpec.number("context-window", "Context window, in tokens")
            .withLabel(Language.ZH_CN, "上下文窗口（token）")
            .withHelp(
                    Language.EN,
                    "Question and answer together. Ollama's own default is small, and what does not fit is lost without a word. Costs memory.")
            .withHelp(Language.ZH_CN, "提问与回答合计。Ollama 的默认值较小，超出部分会被静默丢弃。调大会占用更多内存。")
            .withDefault("8192");
    private static final SettingSpec THINKING = SettingSpec.choice(
                    "thinking", "Reasoning before the answer", List.of("model", "on", "off"))
            .withLabel(Language.ZH_CN, "回答前的推理")
            .withHelp(Language.EN, "On and off need a model that can do either.")
            .withHelp(Language.ZH_CN, "开启与关闭需要模型支持切换。")
            .withChoiceLabel("model", Localized.of("As the model does", "由模型决定"))
            .withChoiceLabel("on", Localized.of("On", "开启"))
            .withChoiceLabel("off", Localized.of("Off", "关闭"))
            .withDefault("model");
    private static final SettingSpec PICTURES = Service.PICTURES.withDefault("false");
    private static final Set<String> MIMES = Set.of("image/png", "image/jpeg", "image/webp");
    private static final long MOST_PICTURE = 10L << 20;
    private static final int LEAST_WINDOW = 512;
    private static final int MOST_WINDOW = 4 << 20;

    @Override
    public Description description() {
        return new Description(
                "ollama",
                Map.of(Language.EN, "Ollama", Language.ZH_CN, "Ollama"),
                List.of(ADDRESS, KEY, Service.MODEL, WINDOW, THINKING, PICTURES, Service.TEMPERATURE));
    }

    @Override
    public AiProvider create(Settings settings, AiProviderContext context) {
        var key = Service.key(settings);
        var headers = key.isEmpty() ? Map.<String, String>of() : Map.of("Authorization", "Bearer " + key);
        var address = Service.address(settings, ADDRESS).replaceAll("/(api|v1)$", "");
        var service = new Service(address, key, headers, Service.model(settings));
        var pictures = new Pictures(context.files(), settings.flag(PICTURES), MIMES, MOST_PICTURE);
        var window = settings.number(WINDOW, LEAST_WINDOW, MOST_WINDOW);
        var dialect = new OllamaDialect(
                service, window, settings.text(THINKING), settings.flag(Service.TEMPERATURE), pictures);
        return new ModelProvider(service, dialect, context);
    }
}
