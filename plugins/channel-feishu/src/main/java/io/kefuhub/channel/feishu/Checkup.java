package io.kefuhub.channel.feishu;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Localized;
import io.kefuhub.channel.feishu.api.Answer;
import io.kefuhub.channel.feishu.api.Bot;
import io.kefuhub.channel.feishu.api.TenantToken;
import io.kefuhub.channel.feishu.api.Troubles;
import io.kefuhub.channel.feishu.socket.Endpoint;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks the platform whether the app is what the settings say, one question after the other. */
final class Checkup {
    /** An app that is installed, or whose next version waits to be. */
    private static final Set<Long> ACTIVE = Set.of(2L, 4L);

    private final TenantToken token;
    private final Bot bot;
    private final Optional<Endpoint> endpoint;
    private final String addressKey;

    /**
     * @param endpoint where the long connection is asked for, if one is wanted
     * @param addressKey the setting that says where the platform is
     */
    Checkup(TenantToken token, Bot bot, Optional<Endpoint> endpoint, String addressKey) {
        this.addressKey = addressKey;
        this.token = token;
        this.bot = bot;
        this.endpoint = endpoint;
    }

    CheckResult run() {
        if (token.get() instanceof TenantToken.Held.Not(var why)) return wrong(why);
        var answer = bot.ask();
        if (!(answer instanceof Answer.Ok(var data))) return wrong(answer);
        var told = Bot.bot(data);
        var status = told.number("activate_status", 2);
        if (!ACTIVE.contains(status)) {
            return wrong(
                    FeishuSettings.APP_ID.key(),
                    Localized.of(
                            "the app is not active (status " + status
                                    + "): publish a version in the developer console and have it approved",
                            "应用未启用（状态 " + status + "）：请在开发者后台创建版本并发布、通过审核"));
        }
        if (told.text("open_id", "").isEmpty()) {
            return wrong(
                    FeishuSettings.APP_ID.key(),
                    Localized.of(
                            "the app has no bot: add the bot ability and publish a version",
                            "应用未启用机器人：请添加“机器人”能力并发布版本"));
        }
        return endpoint.map(this::connection).orElseGet(CheckResult.Fine::new);
    }

    private CheckResult connection(Endpoint endpoint) {
        return switch (endpoint.ask()) {
            case Endpoint.Found.Here _ -> new CheckResult.Fine();
            case Endpoint.Found.Wrong(var setting, var words) -> wrong(setting, words);
            case Endpoint.Found.NotNow(var words) -> wrong(FeishuSettings.TRANSPORT.key(), words);
        };
    }

    private CheckResult wrong(Answer answer) {
        var trouble = Troubles.of(answer);
        return wrong(trouble.setting(), trouble.words());
    }

    private CheckResult wrong(String setting, Localized words) {
        var key = setting.equals(FeishuSettings.ADDRESS.key()) ? addressKey : setting;
        return new CheckResult.Wrong(List.of(new CheckResult.Problem(key, words)));
    }
}
