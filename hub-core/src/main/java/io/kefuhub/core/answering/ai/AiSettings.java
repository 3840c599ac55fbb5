package io.kefuhub.core.answering.ai;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import java.time.Duration;
import java.util.List;

/**
 * What an admin decided about an assistant. Immutable.
 *
 * @param alias the models that are asked
 * @param cheaper those that are asked when these cannot answer; empty for none
 * @param summary those that sum conversations up; empty for nobody
 * @param instructions who it is and how it speaks
 * @param confidence from 0 to 1; an answer below is not given as one
 * @param budget tokens of a question and its answer together
 * @param structured whether models are asked for fields by a schema
 * @param cacheLife nothing for no cache
 */
record AiSettings(
        String alias,
        String cheaper,
        String summary,
        String instructions,
        double confidence,
        int budget,
        int maxTokens,
        int passages,
        boolean structured,
        Duration cacheLife) {
    private static final int LONGEST_INSTRUCTIONS = 2_000;
    private static final int LEAST_BUDGET = 3_000;
    private static final Duration LONGEST_LIFE = Duration.ofDays(30);

    private static final SettingSpec ALIAS = SettingSpec.text("alias", "Model alias")
            .withLabel(Language.ZH_CN, "模型别名")
            .withHelp(Language.EN, "The alias whose models answer.")
            .withHelp(Language.ZH_CN, "由该别名下的模型回答。");
    private static final SettingSpec CHEAPER = SettingSpec.text("cheaper-alias", "Cheaper alias")
            .withLabel(Language.ZH_CN, "备用（便宜）别名")
            .withHelp(Language.EN, "Asked when the first cannot answer or its budget is used up.")
            .withHelp(Language.ZH_CN, "首选模型无法回答或预算用尽时改用。")
            .optional();
    private static final SettingSpec SUMMARY = SettingSpec.text("summary-alias", "Alias for summaries")
            .withLabel(Language.ZH_CN, "摘要别名")
            .withHelp(Language.EN, "Sums up long conversations, aside from the answer. Empty: nothing is summed up.")
            .withHelp(Language.ZH_CN, "在后台为长对话做摘要，不影响回答速度。留空则不做摘要。")
            .optional();
    private static final SettingSpec INSTRUCTIONS = SettingSpec.list("instructions", "Instructions")
            .withLabel(Language.ZH_CN, "说明")
            .withHelp(
                    Language.EN,
                    "Who the assistant is, what the organisation does, how it speaks. At most 2,000 characters. Prices and terms belong into the knowledge.")
            .withHelp(Language.ZH_CN, "它是谁、贵方做什么、用什么口吻。最多 2000 个字符。价格与条款请写进知识库。")
            .optional();
    private static final SettingSpec CONFIDENCE = SettingSpec.number("confidence", "Least confidence, in %")
            .withLabel(Language.ZH_CN, "最低把握（%）")
            .withHelp(Language.EN, "With less, near questions are offered or a person is called.")
            .withHelp(Language.ZH_CN, "低于此值时改为列出相近问题或转人工。")
            .withDefault("50");
    private static final SettingSpec BUDGET = SettingSpec.number("budget", "Tokens for a question and its answer")
            .withLabel(Language.ZH_CN, "每次提问的 token 上限（含回答）")
            .withHelp(Language.EN, "What of a conversation does not fit is left out or summed up.")
            .withHelp(Language.ZH_CN, "放不下的对话内容会被省略或以摘要代替。")
            .withDefault("6000");
    private static final SettingSpec MAX_TOKENS = SettingSpec.number("max-tokens", "Tokens for an answer")
            .withLabel(Language.ZH_CN, "回答的 token 上限")
            .withDefault("512");
    private static final SettingSpec PASSAGES = SettingSpec.number("passages", "Passages of knowledge, at most")
            .withLabel(Language.ZH_CN, "引用知识的最多段数")
            .withDefault("4");
    private static final SettingSpec STRUCTURED = SettingSpec.flag("structured", "Ask for fields by a schema")
            .withLabel(Language.ZH_CN, "按结构返回")
            .withHelp(Language.EN, "Switch it off for models that refuse a schema; they are still told what to reply.")
            .withHelp(Language.ZH_CN, "模型不支持结构化输出时请关闭；提示词中仍会说明格式。")
            .withDefault("true");
    private static final SettingSpec CACHE = SettingSpec.flag("cache", "Give an answer again")
            .withLabel(Language.ZH_CN, "复用回答")
            .withHelp(
                    Language.EN,
                    "To those who ask the same, while the knowledge is the same; never where anything personal is said.")
            .withHelp(Language.ZH_CN, "知识未变时，相同的问题直接复用回答；涉及个人信息的从不复用。")
            .withDefault("true");
    private static final SettingSpec CACHE_LIFE = SettingSpec.duration("cache-life", "For how long")
            .withLabel(Language.ZH_CN, "复用时长")
            .withDefault("24h")
            .onlyWhen(CACHE, "true");

    static final List<SettingSpec> SPECS = List.of(
            ALIAS,
            CHEAPER,
            SUMMARY,
            INSTRUCTIONS,
            CONFIDENCE,
            BUDGET,
            MAX_TOKENS,
            PASSAGES,
            STRUCTURED,
            CACHE,
            CACHE_LIFE);

    static AiSettings of(Settings settings) {
        var instructions = String.join("\n", settings.list(INSTRUCTIONS));
        if (instructions.length() > LONGEST_INSTRUCTIONS) {
            throw new SettingsException(
                    INSTRUCTIONS.key(), Localized.of("at most 2,000 characters are expected", "最多 2,000 个字符"));
        }
        var budget = settings.number(BUDGET, LEAST_BUDGET, 200_000);
        return new AiSettings(
                settings.text(ALIAS).strip(),
                settings.find(CHEAPER).map(String::strip).orElse(""),
                settings.find(SUMMARY).map(String::strip).orElse(""),
                instructions,
                settings.number(CONFIDENCE, 0, 100) / 100.0,
                budget,
                settings.number(MAX_TOKENS, 64, budget / 4),
                settings.number(PASSAGES, 1, 20),
                settings.flag(STRUCTURED),
                settings.flag(CACHE) ? life(settings) : Duration.ZERO);
    }

    private static Duration life(Settings settings) {
        var life = settings.duration(CACHE_LIFE);
        if (!life.isPositive() || life.compareTo(LONGEST_LIFE) > 0) {
            throw new SettingsException(
                    CACHE_LIFE.key(),
                    Localized.of("more than nothing and at most 30 days are expected", "应填写大于 0 且不超过 30 天的时长"));
        }
        return life;
    }

    /** What is left for a question when the answer and a margin are taken off. */
    int room() {
        return budget - maxTokens - budget / 20;
    }

    boolean caches() {
        return cacheLife.isPositive();
    }

    /** All that decides which model answers and how. */
    String policy() {
        return String.join(
                "|",
                alias,
                cheaper,
                Double.toString(confidence),
                Integer.toString(budget),
                Integer.toString(maxTokens),
                Integer.toString(passages),
                Boolean.toString(structured));
    }
}
