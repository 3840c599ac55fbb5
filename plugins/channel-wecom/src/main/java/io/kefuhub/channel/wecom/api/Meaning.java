package io.kefuhub.channel.wecom.api;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What a refusal of the platform's means to us. Immutable.
 *
 * @param then what to do about it
 * @param words for admins and agents: what is wrong and what to do
 */
public record Meaning(Then then, Localized words) {
    /** What to do. */
    public sealed interface Then {
        /** Ask again after the pause. */
        record Later(Duration pause) implements Then {}

        /** An admin has to change something. */
        record Mend(String setting) implements Then {}

        /** Asking again would change nothing. */
        record Never() implements Then {}
    }

    /** Keys of the settings that may be wrong. */
    public static final String CORP_ID = "corp-id";

    public static final String SECRET = "secret";
    public static final String AGENT_ID = "agent-id";
    public static final String ADDRESS = "address";

    private static final Pattern IP = Pattern.compile("from ip:\\s*([0-9a-fA-F.:]*[0-9a-fA-F])");
    private static final Then NEVER = new Then.Never();
    private static final int LONGEST = 200;

    public static Meaning of(Reply.Refused refused) {
        return switch (refused.code()) {
            case -1 -> later(refused, Duration.ofSeconds(1), "WeCom is busy", "企业微信系统繁忙");
            case 40001, 40014, 42001, 40125 -> token(refused);
            case 40013 ->
                mend(
                        refused,
                        CORP_ID,
                        "the corp id is wrong; copy it from My Company in the WeCom console",
                        "企业 ID 错误，请从管理后台“我的企业”复制");
            case 60020 -> untrusted(refused);
            case 45009, 45033 ->
                later(
                        refused,
                        Duration.ofSeconds(60),
                        "WeCom limits how often it may be asked; waiting",
                        "调用过于频繁，已被企业微信限流，稍后重试");
            case 41011, 40056, 301002 ->
                mend(
                        refused,
                        AGENT_ID,
                        "the agent id is wrong or belongs to another app than the secret",
                        "AgentId 错误，或与 Secret 不属于同一应用");
            case 48002, 60011 ->
                mend(
                        refused,
                        SECRET,
                        "the app of this secret may not do this; give it the permission in the WeCom console (for customer"
                                + " service: the apps that may call its interface)",
                        "该 Secret 对应的应用没有此接口的权限，请在管理后台授权（微信客服：加入“可调用接口的应用”）");
            case 40003, 40031, 60111, 81013 ->
                never(
                        refused,
                        "WeCom does not know this recipient, or the app may not be seen by them",
                        "接收人不存在，或不在应用可见范围内");
            case 48004, 84061 ->
                never(refused, "WeCom no longer allows to write to this customer", "与该客户的联系关系已失效，无法发送");
            case 40004, 40005, 40006 ->
                never(refused, "WeCom does not take this kind or size of file", "企业微信不接受该类型或大小的文件");
            case 40007 -> never(refused, "WeCom does not know the file", "媒体文件无效或已过期");
            case 40008, 44004, 45001, 45002, 45007, 40033, 40058 ->
                never(refused, "WeCom does not take this content", "企业微信不接受该消息内容");
            case 95000, 95004 -> never(refused, "WeCom does not know this customer service account", "客服账号不存在");
            case 95001 ->
                never(
                        refused,
                        "5 messages were sent since the customer last wrote; WeCom allows no more",
                        "客户上次发言后已发送 5 条消息，达到上限");
            case 95002 -> never(refused, "the customer last wrote more than 48 hours ago", "客户上次发言已超过 48 小时");
            case 95014 -> never(refused, "this member is no servicer of the account", "该成员不是该客服账号的接待人员");
            case 95013 -> never(refused, "the session has ended; the customer has to write first", "会话已结束，需客户再次发言");
            case 95018 -> never(refused, "the session is not with the hub", "会话当前不由本系统接待");
            default -> never(refused, "WeCom refused it", "企业微信拒绝了请求");
        };
    }

    private static Meaning token(Reply.Refused refused) {
        if (!refused.forToken()) {
            return later(
                    refused,
                    Duration.ofSeconds(60),
                    "WeCom takes no token of ours; does another program reset the secret?",
                    "企业微信不接受新获取的 access_token，请确认 Secret 未被其他程序重置");
        }
        return mend(
                refused,
                SECRET,
                "the secret is wrong; copy it anew from the app's page in the WeCom console",
                "Secret 错误，请从管理后台该应用页面重新复制");
    }

    private static Meaning untrusted(Reply.Refused refused) {
        var matcher = IP.matcher(refused.words().toString());
        var found = matcher.find();
        var en = found ? " " + matcher.group(1) : "";
        var zh = found ? "（" + matcher.group(1) + "）" : "";
        return mend(
                refused,
                SECRET,
                "add this server's address" + en + " to the trusted IP list of the app in the WeCom console",
                "请把本服务器的出口地址" + zh + "加入管理后台该应用的“企业可信IP”");
    }

    private static Meaning later(Reply.Refused refused, Duration pause, String en, String zh) {
        return new Meaning(new Then.Later(pause), words(refused, en, zh));
    }

    private static Meaning mend(Reply.Refused refused, String setting, String en, String zh) {
        return new Meaning(new Then.Mend(setting), words(refused, en, zh));
    }

    private static Meaning never(Reply.Refused refused, String en, String zh) {
        return new Meaning(NEVER, words(refused, en, zh));
    }

    private static Localized words(Reply.Refused refused, String en, String zh) {
        var theirs = refused.words().map(text -> text.substring(0, Math.min(LONGEST, text.length())));
        var inEnglish = theirs.in(Language.EN);
        var inChinese = theirs.in(Language.ZH_CN);
        return Localized.of(
                refused.code() + ": " + en + "." + (inEnglish.isBlank() ? "" : " (" + inEnglish + ")"),
                refused.code() + "：" + zh + "。" + (inChinese.isBlank() ? "" : "（" + inChinese + "）"));
    }
}
