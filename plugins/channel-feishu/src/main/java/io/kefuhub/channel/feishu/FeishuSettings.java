package io.kefuhub.channel.feishu;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One instance's settings, read once. Immutable; names no secret.
 *
 * @param base where the platform's interfaces are, without a slash at the end
 * @param addressKey the setting that says so
 * @param webhook what proves its calls genuine; empty for the long connection
 * @param typingSign whether a reaction on the customer's message says that somebody is at work
 * @param streaming whether answers grow in a card while they are made
 * @param welcome said to whoever opens the chat with the bot; empty for nothing
 * @param welcomeChoices buttons below it
 */
record FeishuSettings(
        String appId,
        String appSecret,
        URI base,
        String addressKey,
        Optional<Webhook> webhook,
        boolean typingSign,
        boolean streaming,
        String welcome,
        List<String> welcomeChoices) {
    FeishuSettings {
        welcomeChoices = List.copyOf(welcomeChoices);
    }

    /**
     * @param freshness how old a call may be, and how far ahead of this clock
     */
    record Webhook(String encryptKey, String verificationToken, Duration freshness) {
        @Override
        public String toString() {
            return "Webhook[freshness=" + freshness + "]";
        }
    }

    static final String BY_WEBHOOK = "webhook";
    static final String BY_LONG_CONNECTION = "long-connection";
    private static final int MOST_CHOICES = 10;
    private static final String FEISHU = "feishu";
    private static final String LARK = "lark";
    private static final Pattern APP = Pattern.compile("cli_[0-9A-Za-z]{1,60}");
    private static final Duration LEAST_FRESHNESS = Duration.ofMinutes(1);
    private static final Duration MOST_FRESHNESS = Duration.ofDays(7);

    static final SettingSpec REGION = SettingSpec.choice("region", "Platform", List.of(FEISHU, LARK))
            .withLabel(Language.ZH_CN, "平台")
            .withChoiceLabel(FEISHU, Localized.of("Feishu, in China (open.feishu.cn)", "飞书（open.feishu.cn）"))
            .withChoiceLabel(
                    LARK, Localized.of("Lark, elsewhere (open.larksuite.com)", "Lark，中国境外（open.larksuite.com）"))
            .withDefault(FEISHU);
    static final SettingSpec ADDRESS = SettingSpec.address("address", "Another address of the platform")
            .withLabel(Language.ZH_CN, "自定义平台地址")
            .withHelp(
                    Language.EN,
                    "Only for a proxy, a private edition or the simulator; without /open-apis, such as https://feishu.example.com.")
            .withHelp(Language.ZH_CN, "仅用于代理、私有化部署或模拟器；不含 /open-apis，例如 https://feishu.example.com。")
            .optional();
    static final SettingSpec APP_ID = SettingSpec.text("app-id", "App ID")
            .withLabel(Language.ZH_CN, "App ID（应用 ID）")
            .withHelp(Language.EN, "Developer console → your app → Credentials & Basic Info; it begins with cli_.")
            .withHelp(Language.ZH_CN, "开发者后台 → 应用 → 凭证与基础信息；以 cli_ 开头。");
    static final SettingSpec APP_SECRET = SettingSpec.secret("app-secret", "App Secret")
            .withLabel(Language.ZH_CN, "App Secret（应用密钥）")
            .withHelp(Language.EN, "On the same page as the App ID.")
            .withHelp(Language.ZH_CN, "与 App ID 在同一页面。");
    static final SettingSpec TRANSPORT = SettingSpec.choice(
                    "transport", "How events arrive", List.of(BY_WEBHOOK, BY_LONG_CONNECTION))
            .withLabel(Language.ZH_CN, "事件接收方式")
            .withHelp(
                    Language.EN,
                    "A long connection needs no public address; a request URL needs one that the platform can reach. Choose the same under Events & Callbacks in the developer console.")
            .withHelp(Language.ZH_CN, "长连接无需公网地址；请求地址方式需要平台可访问的公网地址。开发者后台“事件与回调”中须选择相同方式。")
            .withChoiceLabel(BY_LONG_CONNECTION, Localized.of("Long connection", "长连接"))
            .withChoiceLabel(BY_WEBHOOK, Localized.of("Request URL (webhook)", "请求地址（webhook）"))
            .withDefault(BY_LONG_CONNECTION);
    static final SettingSpec ENCRYPT_KEY = SettingSpec.secret("encrypt-key", "Encrypt Key")
            .withLabel(Language.ZH_CN, "Encrypt Key（加密密钥）")
            .withHelp(
                    Language.EN,
                    "Events & Callbacks → Encryption Strategy. Required: without it the platform signs nothing, and anyone could pretend to be a customer.")
            .withHelp(Language.ZH_CN, "事件与回调 → 加密策略。必填：不设置时平台不签名，任何人都可冒充客户。")
            .onlyWhen(TRANSPORT, BY_WEBHOOK);
    static final SettingSpec VERIFICATION_TOKEN = SettingSpec.secret("verification-token", "Verification Token")
            .withLabel(Language.ZH_CN, "Verification Token（校验令牌）")
            .withHelp(Language.EN, "On the same page as the Encrypt Key.")
            .withHelp(Language.ZH_CN, "与 Encrypt Key 在同一页面。")
            .onlyWhen(TRANSPORT, BY_WEBHOOK);
    static final SettingSpec FRESHNESS = SettingSpec.duration("freshness", "Oldest call that is taken")
            .withLabel(Language.ZH_CN, "可接受的最旧回调")
            .withHelp(
                    Language.EN,
                    "The platform repeats calls for about seven hours after an outage; below 8h some of these are refused. Between 1m and 7d.")
            .withHelp(Language.ZH_CN, "平台在故障后约七小时内会重新推送；小于 8h 会拒收部分重推。范围 1m 至 7d。")
            .withDefault("8h")
            .onlyWhen(TRANSPORT, BY_WEBHOOK);
    static final SettingSpec TYPING_SIGN = SettingSpec.flag("typing-sign", "Show that an answer is being made")
            .withLabel(Language.ZH_CN, "显示“正在回复”")
            .withHelp(Language.EN, "A reaction on the customer's message, taken away with the answer.")
            .withHelp(Language.ZH_CN, "在客户消息上添加表情回复，答复后移除。")
            .withDefault("true");
    static final SettingSpec STREAMING = SettingSpec.flag("streaming", "Let answers grow in a card")
            .withLabel(Language.ZH_CN, "流式卡片")
            .withHelp(Language.EN, "Needs the scope cardkit:card:write; else answers are sent whole.")
            .withHelp(Language.ZH_CN, "需要权限 cardkit:card:write；关闭后整条发送。")
            .withDefault("true");

    static final SettingSpec WELCOME = SettingSpec.text("welcome", "Welcome")
            .withLabel(Language.ZH_CN, "欢迎语")
            .withHelp(
                    Language.EN,
                    "Said when somebody opens the chat with the bot and nothing was said there for 48 hours. Needs the event im.chat.access_event.bot_p2p_chat_entered_v1.")
            .withHelp(Language.ZH_CN, "用户打开与机器人的单聊且 48 小时内无对话时发送；需订阅事件 im.chat.access_event.bot_p2p_chat_entered_v1。")
            .optional();
    static final SettingSpec WELCOME_CHOICES = SettingSpec.list("welcome-choices", "Choices below the welcome")
            .withLabel(Language.ZH_CN, "欢迎语选项")
            .withHelp(Language.EN, "Up to 10, one a line; pressing one says it.")
            .withHelp(Language.ZH_CN, "每行一个，最多 10 个；点击即发送该内容。")
            .optional();

    static final List<SettingSpec> SPECS = List.of(
            REGION,
            APP_ID,
            APP_SECRET,
            TRANSPORT,
            ENCRYPT_KEY,
            VERIFICATION_TOKEN,
            FRESHNESS,
            TYPING_SIGN,
            STREAMING,
            WELCOME,
            WELCOME_CHOICES,
            ADDRESS);

    static FeishuSettings read(Settings settings) {
        return new FeishuSettings(
                appId(settings),
                settings.text(APP_SECRET).strip(),
                base(settings),
                settings.find(ADDRESS).isPresent() ? ADDRESS.key() : REGION.key(),
                webhook(settings),
                settings.flag(TYPING_SIGN),
                settings.flag(STREAMING),
                settings.find(WELCOME).orElse("").strip(),
                choices(settings));
    }

    private static List<String> choices(Settings settings) {
        var choices = settings.list(WELCOME_CHOICES);
        if (choices.size() <= MOST_CHOICES) return choices;
        throw new SettingsException(WELCOME_CHOICES.key(), "at most " + MOST_CHOICES + " lines are expected");
    }

    /** Whether the platform calls; false for a choice that there is not. */
    static boolean isCalled(Settings settings) {
        try {
            return settings.text(TRANSPORT).equals(BY_WEBHOOK);
        } catch (SettingsException _) {
            return false;
        }
    }

    private static String appId(Settings settings) {
        var id = settings.text(APP_ID).strip();
        if (!APP.matcher(id).matches())
            throw new SettingsException(
                    APP_ID.key(), Localized.of("an id that begins with cli_ is expected", "应填写以 cli_ 开头的应用 ID"));
        return id;
    }

    private static URI base(Settings settings) {
        var usual = settings.text(REGION).equals(LARK) ? "https://open.larksuite.com" : "https://open.feishu.cn";
        if (settings.find(ADDRESS).isEmpty()) return URI.create(usual);
        return URI.create(settings.address(ADDRESS).toString().replaceFirst("/+$", ""));
    }

    private static Optional<Webhook> webhook(Settings settings) {
        if (!settings.text(TRANSPORT).equals(BY_WEBHOOK)) return Optional.empty();
        var freshness = settings.duration(FRESHNESS);
        if (freshness.compareTo(LEAST_FRESHNESS) < 0 || freshness.compareTo(MOST_FRESHNESS) > 0) {
            throw new SettingsException(
                    FRESHNESS.key(), Localized.of("a duration from 1m to 7d is expected", "应填写 1m 至 7d 的时长"));
        }
        return Optional.of(new Webhook(
                settings.text(ENCRYPT_KEY).strip(),
                settings.text(VERIFICATION_TOKEN).strip(),
                freshness));
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return "FeishuSettings[" + appId + ", " + base + "]";
    }
}
