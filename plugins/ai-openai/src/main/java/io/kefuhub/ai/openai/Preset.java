package io.kefuhub.ai.openai;

import io.kefuhub.ai.exchange.Trouble;
import io.kefuhub.api.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A service that is known by name: where it is and what is special about it. Immutable.
 *
 * @param address empty when it is everybody's own
 * @param keyed whether it always wants a key
 * @param pictures whether its usual models take pictures
 */
record Preset(
        String id,
        Map<Language, String> titles,
        Optional<String> address,
        boolean keyed,
        boolean pictures,
        Traits traits) {
    private static final double TWO = 2;
    private static final double ONE = 1;

    static final Preset ERNIE = of(
            "ernie",
            "ERNIE (Qianfan)",
            "文心（千帆）",
            "https://qianfan.baidubce.com/v2",
            new Traits(Traits.MAX_TOKENS, true, ONE, Traits.JsonMode.OBJECT, 16, Map.of()));

    /** Everybody else: vLLM, llama.cpp, gateways. */
    static final Preset COMPATIBLE = new Preset(
            "openai-compatible",
            titles("OpenAI-compatible", "OpenAI 兼容服务"),
            Optional.empty(),
            false,
            false,
            new Traits(Traits.MAX_TOKENS, true, TWO, Traits.JsonMode.SCHEMA, 64, Map.of()));

    static final List<Preset> ALL = List.of(
            new Preset(
                    "openai",
                    titles("OpenAI", "OpenAI"),
                    Optional.of("https://api.openai.com/v1"),
                    true,
                    true,
                    new Traits(Traits.MAX_COMPLETION_TOKENS, true, TWO, Traits.JsonMode.SCHEMA, 256, Map.of())),
            of(
                    "deepseek",
                    "DeepSeek",
                    "DeepSeek（深度求索）",
                    "https://api.deepseek.com",
                    new Traits(Traits.MAX_TOKENS, true, TWO, Traits.JsonMode.OBJECT, 0, Map.of())),
            of(
                    "qwen",
                    "Qwen (Model Studio)",
                    "通义千问（百炼）",
                    "https://dashscope.aliyuncs.com/compatible-mode/v1",
                    new Traits(
                            Traits.MAX_TOKENS,
                            true,
                            TWO,
                            Traits.JsonMode.OBJECT,
                            10,
                            // Here a quota is one of tokens a minute.
                            Map.of("insufficient_quota", Trouble.RATE_LIMITED))),
            ERNIE,
            of(
                    "glm",
                    "GLM (Zhipu)",
                    "智谱 GLM",
                    "https://open.bigmodel.cn/api/paas/v4",
                    new Traits(Traits.MAX_TOKENS, false, ONE, Traits.JsonMode.OBJECT, 64, Map.of())),
            of(
                    "moonshot",
                    "Moonshot (Kimi)",
                    "月之暗面（Kimi）",
                    "https://api.moonshot.cn/v1",
                    new Traits(Traits.MAX_TOKENS, true, ONE, Traits.JsonMode.OBJECT, 0, Map.of())),
            COMPATIBLE);

    private static Preset of(String id, String en, String zh, String address, Traits traits) {
        return new Preset(id, titles(en, zh), Optional.of(address), true, false, traits);
    }

    private static Map<Language, String> titles(String en, String zh) {
        return Map.of(Language.EN, en, Language.ZH_CN, zh);
    }
}
