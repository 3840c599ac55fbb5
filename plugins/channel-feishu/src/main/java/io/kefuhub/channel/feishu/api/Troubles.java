package io.kefuhub.channel.feishu.api;

import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Delivered;
import java.time.Duration;
import java.util.regex.Pattern;

/** What an answer other than the wanted one means, in the admin's words and as the fate of a reply. */
public final class Troubles {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final int MOST_STEPS = 6;
    private static final Pattern SCOPES = Pattern.compile("\\[([a-z][\\w.:,\\s]*)]");

    private Troubles() {}

    /** The words, and the setting that an admin looks at first. */
    public record Trouble(String setting, Localized words) {}

    public static Trouble of(Answer answer) {
        return switch (answer) {
            case Answer.Ok _ -> new Trouble("app-id", Localized.of("it works", "正常"));
            case Answer.NotAllowed(var host) ->
                new Trouble(
                        "address",
                        Localized.of(
                                "the hub does not let this channel call " + host + ": allow the host for the plugin",
                                "未允许此渠道访问 " + host + "：请在插件权限中允许该域名"));
            case Answer.NoAnswer(var _, var reason) ->
                new Trouble(
                        "address",
                        Localized.of(
                                "the platform does not answer (" + reason + "): check address, network and proxy",
                                "平台无响应（" + reason + "）：请检查地址、网络与代理"));
            case Answer.Refused refused -> refused(refused);
        };
    }

    private static Trouble refused(Answer.Refused refused) {
        var code = refused.code();
        if (Codes.SCOPE.contains(code)) {
            var scopes = scopes(refused.text());
            return new Trouble(
                    "app-id",
                    Localized.of(
                            code + ": the app lacks a scope (" + scopes
                                    + "): add it under Permissions & Scopes and publish a version",
                            code + "：应用缺少权限（" + scopes + "）：请在“权限管理”中开通并发布新版本"));
        }
        if (Codes.WRONG_APP.contains(code)) {
            return new Trouble(
                    "app-id",
                    Localized.of(
                            code
                                    + ": the platform knows no such App ID: copy it again, and check that the platform is the right one (Feishu or Lark)",
                            code + "：平台没有此 App ID：请重新复制，并确认平台选择正确（飞书或 Lark）"));
        }
        if (Codes.WRONG_SECRET.contains(code) || Codes.TOKEN.contains(code)) {
            return new Trouble(
                    "app-secret",
                    Localized.of(
                            code
                                    + ": the platform does not take this App Secret: copy it again; it may have been reset",
                            code + "：App Secret 无效：请重新复制，密钥可能已被重置"));
        }
        if (Codes.RATE.contains(code)) {
            return new Trouble(
                    "app-id",
                    Localized.of(
                            code + ": more calls than the platform allows; the hub waits and tries again",
                            code + "：超出平台频率限制，稍后自动重试"));
        }
        if (code == Codes.NOT_IN_CHAT) {
            return new Trouble(
                    "app-id",
                    Localized.of(
                            code + ": the bot is not in this chat any more: add it to the group again",
                            code + "：机器人已不在此会话中：请重新将其加入群聊"));
        }
        if (code == Codes.BOT_OFF || code == Codes.NO_BOT) {
            return new Trouble(
                    "app-id",
                    Localized.of(
                            code + ": the app has no bot: switch on the bot ability and publish a version",
                            code + "：应用未启用机器人：请添加“机器人”能力并发布版本"));
        }
        if (code == Codes.NOT_AVAILABLE) {
            return new Trouble(
                    "app-id",
                    Localized.of(
                            code
                                    + ": this person is outside the app's availability: widen it in the developer console and publish a version",
                            code + "：此用户不在应用可用范围内：请在开发者后台扩大可用范围并发布版本"));
        }
        if (Codes.isPassing(refused)) {
            return new Trouble(
                    "address",
                    Localized.of(code + ": the platform is in trouble; the hub tries again", code + "：平台暂时异常，稍后自动重试"));
        }
        return new Trouble(
                "app-id",
                Localized.of(
                        "the platform refuses with " + code + " (" + brief(refused) + ")",
                        "平台返回错误 " + code + "（" + brief(refused) + "）"));
    }

    private static String brief(Answer.Refused refused) {
        var text = refused.text().length() > 200 ? refused.text().substring(0, 200) : refused.text();
        return refused.logId().isEmpty() ? text : text + ", log " + refused.logId();
    }

    /** The scopes that the platform's words name in brackets. */
    static String scopes(String text) {
        var found = SCOPES.matcher(text);
        return found.find() ? found.group(1).strip() : "see " + (text.length() > 200 ? text.substring(0, 200) : text);
    }

    /**
     * What becomes of a reply.
     *
     * @param attempt from 1; later ones wait longer where the platform is in trouble
     */
    public static Delivered delivered(Answer answer, int attempt) {
        var trouble = of(answer);
        var text = trouble.words();
        return switch (answer) {
            case Answer.Ok _ -> new Delivered.Done("");
            case Answer.NotAllowed _ -> new Delivered.Misconfigured(trouble.setting(), text);
            case Answer.NoAnswer(var dispatched, var _) ->
                dispatched ? new Delivered.Unknown(text, true) : new Delivered.RetryLater(SECOND, text);
            case Answer.Refused refused -> {
                var code = refused.code();
                if (isLimit(refused)) {
                    yield new Delivered.RetryLater(refused.pause().orElse(SECOND), text);
                }
                if (Codes.SCOPE.contains(code)
                        || Codes.TOKEN.contains(code)
                        || Codes.WRONG_APP.contains(code)
                        || Codes.WRONG_SECRET.contains(code)) {
                    yield new Delivered.Misconfigured(trouble.setting(), text);
                }
                if (Codes.isPassing(refused)) yield new Delivered.RetryLater(later(attempt), text);
                yield new Delivered.Undeliverable(text);
            }
        };
    }

    /** Whether more was asked than the platform's limits allow. */
    public static boolean isLimit(Answer answer) {
        return answer instanceof Answer.Refused refused
                && (Codes.RATE.contains(refused.code()) || refused.status() == 429);
    }

    /** Half a second, then three times as long with each attempt. */
    static Duration later(int attempt) {
        var steps = Math.min(Math.max(0, attempt - 1), MOST_STEPS);
        return FIRST.multipliedBy((long) Math.pow(3, steps));
    }
}
