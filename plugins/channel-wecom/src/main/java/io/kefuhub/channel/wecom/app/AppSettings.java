package io.kefuhub.channel.wecom.app;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.channel.wecom.Account;
import java.util.List;

/**
 * One app's settings, read once. Immutable.
 *
 * @param markdown whether answers of the bot are sent as Markdown
 */
record AppSettings(Account account, int agentId, boolean markdown) {
    private static final String TEXT = "text";
    private static final String MARKDOWN = "markdown";

    static final SettingSpec AGENT_ID = SettingSpec.number("agent-id", "Agent id")
            .withLabel(Language.ZH_CN, "AgentId")
            .withHelp(Language.EN, "On the app's page in the WeCom console, such as 1000002.")
            .withHelp(Language.ZH_CN, "管理后台该应用页面中的 AgentId，例如 1000002。");
    private static final SettingSpec SECRET = SettingSpec.secret("secret", "Secret of the app")
            .withLabel(Language.ZH_CN, "应用 Secret")
            .withHelp(
                    Language.EN,
                    "On the app's page in the WeCom console. Leave it empty until the callback address is accepted there,"
                            + " as trusted IP addresses can be entered only then.")
            .withHelp(Language.ZH_CN, "管理后台该应用页面中的 Secret。企业可信 IP 需在回调地址验证通过后才能配置，在此之前可留空。")
            .optional();
    private static final SettingSpec FORMAT = SettingSpec.choice(
                    "format", "Form of the bot's answers", List.of(TEXT, MARKDOWN))
            .withLabel(Language.ZH_CN, "机器人回复格式")
            .withHelp(Language.EN, "WeCom shows Markdown in its own client, but not in WeChat.")
            .withHelp(Language.ZH_CN, "Markdown 仅在企业微信客户端中显示，微信中无法显示。")
            .withChoiceLabel(TEXT, Localized.of("Plain text", "纯文本"))
            .withChoiceLabel(MARKDOWN, Localized.of("Markdown"))
            .withDefault(TEXT);

    static final List<SettingSpec> SPECS =
            List.of(Account.CORP_ID, AGENT_ID, Account.TOKEN, Account.AES_KEY, SECRET, FORMAT, Account.ADDRESS);

    static AppSettings of(Settings settings) {
        return new AppSettings(
                Account.of(settings, SECRET),
                settings.number(AGENT_ID, 1, Integer.MAX_VALUE),
                settings.find(FORMAT).orElse(TEXT).equals(MARKDOWN));
    }
}
