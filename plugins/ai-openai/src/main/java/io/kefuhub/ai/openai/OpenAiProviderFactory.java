package io.kefuhub.ai.openai;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Makes providers for one service that speaks chat completions. */
final class OpenAiProviderFactory implements AiProviderFactory {
    private static final SettingSpec APP = SettingSpec.text("appid", "App id")
            .withLabel(Language.ZH_CN, "应用 ID（appid）")
            .withHelp(Language.EN, "Only for keys that stand for several applications.")
            .withHelp(Language.ZH_CN, "仅当密钥对应多个应用时填写。")
            .optional();
    private static final SettingSpec LIMIT_FIELD = SettingSpec.choice(
                    "limit-field",
                    "What it calls the most tokens of an answer",
                    List.of(Traits.MAX_TOKENS, Traits.MAX_COMPLETION_TOKENS))
            .withLabel(Language.ZH_CN, "限制回答长度的字段名");
    private static final SettingSpec STREAM_USAGE = SettingSpec.flag("stream-usage", "Ask for usage in streams")
            .withLabel(Language.ZH_CN, "流式回答时请求用量")
            .withHelp(
                    Language.EN,
                    "Sends stream_options. Without it most services do not say what a streamed answer cost.")
            .withHelp(Language.ZH_CN, "发送 stream_options。不发送时，多数服务不会返回流式回答的用量。");
    private static final SettingSpec JSON = SettingSpec.choice(
                    "json", "How it is held to JSON", List.of("schema", "object", "words"))
            .withLabel(Language.ZH_CN, "约束 JSON 输出的方式")
            .withHelp(Language.EN, "The schema is told in words where it cannot be sent.")
            .withHelp(Language.ZH_CN, "无法发送 JSON Schema 时以文字告知模型。")
            .withChoiceLabel("schema", Localized.of("By the schema itself", "发送完整的 JSON Schema"))
            .withChoiceLabel("object", Localized.of("By a promise of JSON", "仅要求 JSON"))
            .withChoiceLabel("words", Localized.of("By words alone", "仅用文字说明"));
    private static final SettingSpec BATCH = SettingSpec.number("embedding-batch", "Most texts in one call for vectors")
            .withLabel(Language.ZH_CN, "单次向量化的最大文本数")
            .withHelp(Language.EN, "0 when the service makes no vectors.")
            .withHelp(Language.ZH_CN, "服务不提供向量化时填 0。");

    private static final Set<String> MIMES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final long MOST_PICTURE = 10L << 20;
    private static final int MOST_BATCH = 2048;

    private final Preset preset;
    private final SettingSpec address;
    private final SettingSpec key;
    private final SettingSpec pictures;
    private final SettingSpec limitField;
    private final SettingSpec streamUsage;
    private final SettingSpec json;
    private final SettingSpec batch;

    OpenAiProviderFactory(Preset preset) {
        this.preset = preset;
        var where = Service.addressSpec()
                .withHelp(Language.EN, "Without /chat/completions; it mostly ends with /v1.")
                .withHelp(Language.ZH_CN, "不含 /chat/completions，通常以 /v1 结尾。");
        address = preset.address().map(where::withDefault).orElse(where);
        key = preset.keyed() ? Service.KEY : Service.KEY.optional();
        pictures = Service.PICTURES.withDefault(String.valueOf(preset.pictures()));
        limitField = LIMIT_FIELD.withDefault(preset.traits().limitField());
        streamUsage = STREAM_USAGE.withDefault(String.valueOf(preset.traits().asksForUsage()));
        json = JSON.withDefault(preset.traits().json().name().toLowerCase(Locale.ROOT));
        batch = BATCH.withDefault(String.valueOf(preset.traits().batch()));
    }

    static List<OpenAiProviderFactory> all() {
        return Preset.ALL.stream().map(OpenAiProviderFactory::new).toList();
    }

    @Override
    public Description description() {
        var settings = new ArrayList<>(List.of(address, key));
        if (isErnie()) settings.add(APP);
        settings.addAll(List.of(Service.MODEL, pictures, Service.TEMPERATURE, limitField, streamUsage, json, batch));
        return new Description(preset.id(), preset.titles(), settings);
    }

    @Override
    public AiProvider create(Settings settings, AiProviderContext context) {
        if (preset.keyed()) settings.text(key);
        var secret = Service.key(settings);
        var headers = new HashMap<String, String>();
        if (!secret.isEmpty()) headers.put("Authorization", "Bearer " + secret);
        if (isErnie()) settings.find(APP).ifPresent(app -> headers.put("appid", Service.checked(APP, app.strip())));
        var service = new Service(Service.address(settings, address), secret, headers, Service.model(settings));
        var taken = new Pictures(context.files(), settings.flag(pictures), MIMES, MOST_PICTURE);
        var dialect = new OpenAiDialect(service, traits(settings), settings.flag(Service.TEMPERATURE), taken);
        return new ModelProvider(service, dialect, context);
    }

    private Traits traits(Settings settings) {
        return new Traits(
                settings.text(limitField),
                settings.flag(streamUsage),
                preset.traits().hottest(),
                Traits.JsonMode.valueOf(settings.text(json).toUpperCase(Locale.ROOT)),
                settings.number(batch, 0, MOST_BATCH),
                preset.traits().codes());
    }

    private boolean isErnie() {
        return preset.equals(Preset.ERNIE);
    }
}
