package io.kefuhub.simulators.wecom;

import io.kefuhub.simulators.SetUp;
import io.kefuhub.simulators.SetUp.Form;
import io.kefuhub.simulators.Words;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What to enter in the hub for the simulated company. */
final class WeComSetUp {
    private WeComSetUp() {}

    static SetUp of(URI address) {
        var forms = List.of(
                form(
                        Kf.SURFACE,
                        "wecom-kf",
                        "WeCom customer service",
                        "微信客服",
                        fields(
                                "corp-id",
                                Corp.ID,
                                "secret",
                                Corp.KF_SECRET,
                                "token",
                                Corp.KF.token(),
                                "aes-key",
                                Corp.KF.aesKey(),
                                "address",
                                address.toString())),
                form(
                        App.SURFACE,
                        "wecom-app",
                        "WeCom app",
                        "企业微信自建应用",
                        fields(
                                "corp-id",
                                Corp.ID,
                                "agent-id",
                                Integer.toString(Corp.AGENT),
                                "secret",
                                Corp.APP_SECRET,
                                "token",
                                Corp.APP.token(),
                                "aes-key",
                                Corp.APP.aesKey(),
                                "address",
                                address.toString())),
                form(
                        BotHook.SURFACE,
                        "wecom-bot",
                        "WeCom AI bot, called at an address",
                        "企业微信智能机器人（回调）",
                        fields(
                                "mode",
                                "webhook",
                                "token",
                                Corp.BOT_SEAL.token(),
                                "aes-key",
                                Corp.BOT_SEAL.aesKey(),
                                "api-address",
                                address.toString(),
                                "media-address",
                                address.toString())),
                form(
                        BotSocket.SURFACE,
                        "wecom-bot",
                        "WeCom AI bot, by long connection",
                        "企业微信智能机器人（长连接）",
                        fields(
                                "mode",
                                "long-connection",
                                "bot-id",
                                Corp.BOT,
                                "bot-secret",
                                Corp.BOT_SECRET,
                                "connection-address",
                                address + BotSocket.PATH,
                                "media-address",
                                address.toString())));
        return new SetUp(forms, yaml(forms, address));
    }

    private static Form form(String surface, String type, String en, String zh, Map<String, String> fields) {
        return new Form(surface, type, new Words(en, zh), fields);
    }

    private static Map<String, String> fields(String... pairs) {
        var fields = new LinkedHashMap<String, String>();
        for (var i = 0; i < pairs.length; i += 2) fields.put(pairs[i], pairs[i + 1]);
        return fields;
    }

    private static String yaml(List<Form> forms, URI address) {
        var text = new StringBuilder("""
                desks:
                  simulated:
                    title: {en: Simulated, zh-CN: 模拟}
                    language: zh-CN
                plugins:
                  channel-wecom:
                    allow: {hosts: ["%s"], files: true, secrets: true}
                channels:
                """.formatted(address.getAuthority()));
        for (var form : forms) {
            text.append("  sim_wecom_%s:\n".formatted(form.surface().replace('-', '_')))
                    .append("    type: %s\n    desk: simulated\n    title: \"%s\"\n    settings:\n"
                            .formatted(form.type(), form.title().en()));
            form.fields().forEach((name, value) -> text.append("      %s: \"%s\"\n".formatted(name, value)));
        }
        return text.toString();
    }
}
