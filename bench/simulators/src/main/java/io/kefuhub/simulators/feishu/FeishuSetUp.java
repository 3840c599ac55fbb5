package io.kefuhub.simulators.feishu;

import io.kefuhub.simulators.SetUp;
import io.kefuhub.simulators.Words;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What to enter in the hub for the simulated tenant. */
final class FeishuSetUp {
    private FeishuSetUp() {}

    static SetUp of(URI address) {
        var forms = List.of(
                form(
                        Feishu.WEBHOOK,
                        "Feishu, events by webhook",
                        "飞书（事件回调）",
                        fields(Feishu.HOOKED, "webhook", address)),
                form(
                        Feishu.CONNECTION,
                        "Feishu, by long connection",
                        "飞书（长连接）",
                        fields(Feishu.CONNECTED, "long-connection", address)));
        return new SetUp(forms, yaml(forms, address));
    }

    private static SetUp.Form form(String surface, String en, String zh, Map<String, String> fields) {
        return new SetUp.Form(surface, "feishu", new Words(en, zh), fields);
    }

    private static Map<String, String> fields(App app, String transport, URI address) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("app-id", app.id());
        fields.put("app-secret", app.secret());
        fields.put("transport", transport);
        if (!app.verificationToken().isEmpty()) fields.put("verification-token", app.verificationToken());
        if (!app.encryptKey().isEmpty()) fields.put("encrypt-key", app.encryptKey());
        fields.put("address", address.toString());
        return fields;
    }

    private static String yaml(List<SetUp.Form> forms, URI address) {
        var text = new StringBuilder("""
                desks:
                  simulated:
                    title: {en: Simulated, zh-CN: 模拟}
                    language: zh-CN
                plugins:
                  channel-feishu:
                    allow: {hosts: ["*.feishu.cn", "*.larksuite.com", "%s"], files: true, secrets: true}
                channels:
                """.formatted(address.getAuthority()));
        for (var form : forms) {
            text.append("  sim_feishu_%s:\n".formatted(form.surface().replace('-', '_')))
                    .append("    type: %s\n    desk: simulated\n    title: \"%s\"\n    settings:\n"
                            .formatted(form.type(), form.title().en()));
            form.fields().forEach((name, value) -> text.append("      %s: \"%s\"\n".formatted(name, value)));
        }
        return text.toString();
    }
}
