package io.kefuhub.channel.wecom.kf;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.channel.wecom.Account;
import java.util.List;
import java.util.Optional;

/**
 * One account's settings, read once. Immutable.
 *
 * @param accounts the customer service accounts served; none for all that the secret reaches
 * @param welcome what is said to whoever opens a session
 * @param servicer to whom in WeCom a customer is handed who waits for a person; empty for the hub's own agents
 * @param satisfaction the question asked when it is over
 */
record KfSettings(
        Account account,
        List<String> accounts,
        Welcome welcome,
        boolean claims,
        String servicer,
        Optional<String> satisfaction) {
    /**
     * @param text empty for no welcome
     * @param choices shown to tap below it
     */
    record Welcome(String text, List<String> choices) {}

    private static final SettingSpec SECRET = SettingSpec.secret("secret", "Secret of customer service")
            .withLabel(Language.ZH_CN, "微信客服 Secret")
            .withHelp(
                    Language.EN,
                    "In the WeCom console under Customer service, API. It is shown once the callback address is"
                            + " accepted: leave this empty until then.")
            .withHelp(Language.ZH_CN, "管理后台“微信客服 - API”中获取。通过回调地址验证后才会显示，在此之前可留空。")
            .optional();
    static final SettingSpec ACCOUNTS = SettingSpec.list("open-kfids", "Customer service accounts")
            .withLabel(Language.ZH_CN, "客服账号 ID")
            .withHelp(
                    Language.EN,
                    "Ids that begin with wk, one a line. Leave it empty to serve all accounts of the secret.")
            .withHelp(Language.ZH_CN, "以 wk 开头的客服账号 ID，每行一个；留空则接待该 Secret 可用的全部账号。")
            .optional();
    private static final SettingSpec WELCOME = SettingSpec.text("welcome", "Welcome")
            .withLabel(Language.ZH_CN, "欢迎语")
            .withHelp(
                    Language.EN,
                    "Said when a customer opens the chat. Needs the welcome in the WeCom console to be off.")
            .withHelp(Language.ZH_CN, "客户进入会话时发送；需关闭管理后台自带的欢迎语。")
            .optional();
    private static final SettingSpec CHOICES = SettingSpec.list("welcome-choices", "Choices below the welcome")
            .withLabel(Language.ZH_CN, "欢迎语选项")
            .withHelp(Language.EN, "Up to 10, one a line; tapping one says it.")
            .withHelp(Language.ZH_CN, "每行一个，最多 10 个；客户点击即发送该内容。")
            .optional();
    private static final SettingSpec CLAIM = SettingSpec.flag("claim-sessions", "Take new sessions from WeCom")
            .withLabel(Language.ZH_CN, "接管新会话")
            .withHelp(
                    Language.EN,
                    "On: the hub serves new sessions, and WeCom does not hand them out to its own servicers.")
            .withHelp(Language.ZH_CN, "开启后新会话由本系统接待，企业微信不再自动分配给接待人员。")
            .withDefault("true");
    private static final SettingSpec SERVICER = SettingSpec.text(
                    "servicer", "Hand waiting customers to a WeCom servicer")
            .withLabel(Language.ZH_CN, "转给企业微信接待人员")
            .withHelp(
                    Language.EN,
                    "A user id. Whoever waits for a person is handed to them in WeCom. Leave it empty to answer here.")
            .withHelp(Language.ZH_CN, "填写接待人员的 userid：客户等待人工时转给其在企业微信中接待；留空则由本系统坐席接待。")
            .optional();
    private static final SettingSpec ASK = SettingSpec.flag("ask-satisfaction", "Ask how satisfied the customer is")
            .withLabel(Language.ZH_CN, "邀请评价")
            .withHelp(Language.EN, "A menu of five, when the conversation or the session ends.")
            .withHelp(Language.ZH_CN, "会话结束时发送五档满意度菜单。")
            .withDefault("false");
    private static final SettingSpec QUESTION = SettingSpec.text("satisfaction-question", "The question")
            .withLabel(Language.ZH_CN, "评价邀请语")
            .withDefault("请对本次服务作出评价：")
            .onlyWhen(ASK, "true");

    static final List<SettingSpec> SPECS = List.of(
            Account.CORP_ID,
            Account.TOKEN,
            Account.AES_KEY,
            SECRET,
            ACCOUNTS,
            WELCOME,
            CHOICES,
            CLAIM,
            SERVICER,
            ASK,
            QUESTION,
            Account.ADDRESS);

    static KfSettings of(Settings settings) {
        var choices = settings.list(CHOICES);
        if (choices.size() > Menus.MOST) {
            throw new SettingsException(
                    CHOICES.key(),
                    Localized.of("at most " + Menus.MOST + " lines are expected", "最多 " + Menus.MOST + " 行"));
        }
        return new KfSettings(
                Account.of(settings, SECRET),
                settings.list(ACCOUNTS),
                new Welcome(settings.find(WELCOME).orElse(""), choices),
                settings.flag(CLAIM),
                settings.find(SERVICER).orElse("").strip(),
                settings.flag(ASK) ? Optional.of(settings.text(QUESTION)) : Optional.empty());
    }

    boolean serves(String openKfId) {
        return accounts.isEmpty() || accounts.contains(openKfId);
    }
}
