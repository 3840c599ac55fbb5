package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Delivered;
import java.time.Duration;
import java.util.List;

/** How it stands with the connection. */
sealed interface Standing {
    record Up(Link link) implements Standing {}

    /** It is being made, or made again. */
    record Down(Localized reason) implements Standing {}

    /** The platform does not want these credentials, so it is not asked again. */
    record Refused(Localized reason) implements Standing {}

    /** A program that is none of this hub's has connected as this bot. Whoever came back would evict it in turn, for ever. */
    record Evicted() implements Standing {
        static final Localized REASON = Localized.of(
                "Another program has connected as this bot, and WeCom allows one connection only. "
                        + "Stop that program, then save this channel again.",
                "另一个程序已用此机器人建立连接，而企业微信只允许一个连接。请停止该程序，然后重新保存此渠道。");
    }

    /** Another of this hub is connected: the next generation, or another node. */
    record Replaced() implements Standing {}

    /** What becomes of a reply now that there is no connection. */
    static Delivered notNow(Standing standing) {
        return switch (standing) {
            case Up _ ->
                new Delivered.RetryLater(
                        Duration.ofSeconds(1), Localized.of("the connection to WeCom is busy", "与企业微信的连接正忙"));
            case Down(var reason) -> new Delivered.RetryLater(Duration.ofSeconds(2), reason);
            case Replaced() ->
                new Delivered.RetryLater(
                        Duration.ofSeconds(1),
                        Localized.of("another part of the hub has the connection to WeCom", "连接正由系统的另一部分使用"));
            case Refused(var reason) -> new Delivered.Misconfigured(BotSettings.SECRET.key(), reason);
            case Evicted() -> new Delivered.Misconfigured(BotSettings.BOT_ID.key(), Evicted.REASON);
        };
    }

    static CheckResult wrong(String setting, Localized reason) {
        return new CheckResult.Wrong(List.of(new CheckResult.Problem(setting, reason)));
    }
}
