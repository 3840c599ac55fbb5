package io.kefuhub.channel.wecom.bot;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.channel.Delivered;
import java.time.Duration;
import java.util.List;

/** How it stands with the connection. */
sealed interface Standing {
    record Up(Link link) implements Standing {}

    /** It is being made, or made again. */
    record Down(String reason) implements Standing {}

    /** The platform does not want these credentials, so it is not asked again. */
    record Refused(String reason) implements Standing {}

    /** A program that is none of this hub's has connected as this bot. Whoever came back would evict it in turn, for ever. */
    record Evicted() implements Standing {
        static final String REASON = "Another program has connected as this bot, and WeCom allows one connection only. "
                + "Stop that program, then save this channel again.";
    }

    /** Another of this hub is connected: the next generation, or another node. */
    record Replaced() implements Standing {}

    /** What becomes of a reply now that there is no connection. */
    static Delivered notNow(Standing standing) {
        return switch (standing) {
            case Up _ -> new Delivered.RetryLater(Duration.ofSeconds(1), "the connection to WeCom is busy");
            case Down(var reason) -> new Delivered.RetryLater(Duration.ofSeconds(2), reason);
            case Replaced() ->
                new Delivered.RetryLater(Duration.ofSeconds(1), "another part of the hub has the connection to WeCom");
            case Refused(var reason) -> new Delivered.Misconfigured(BotSettings.SECRET.key(), reason);
            case Evicted() -> new Delivered.Misconfigured(BotSettings.BOT_ID.key(), Evicted.REASON);
        };
    }

    static CheckResult wrong(String setting, String reason) {
        return new CheckResult.Wrong(List.of(new CheckResult.Problem(setting, reason)));
    }
}
