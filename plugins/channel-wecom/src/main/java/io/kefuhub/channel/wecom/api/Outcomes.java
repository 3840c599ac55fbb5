package io.kefuhub.channel.wecom.api;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.channel.Delivered;
import java.time.Duration;
import java.util.List;

/** What an answer of the platform's means to the hub. */
public final class Outcomes {
    private static final Duration SOON = Duration.ofSeconds(2);

    private Outcomes() {}

    /** What became of a reply to a customer that the platform did not take. */
    public static Delivered delivered(Reply reply) {
        return switch (reply) {
            case Reply.Ok _ -> new Delivered.Done("");
            case Reply.Refused refused -> {
                var meaning = Meaning.of(refused);
                yield switch (meaning.then()) {
                    case Meaning.Then.Later(var pause) -> new Delivered.RetryLater(pause, meaning.words());
                    case Meaning.Then.Mend(var setting) -> new Delivered.Misconfigured(setting, meaning.words());
                    case Meaning.Then.Never() -> new Delivered.Undeliverable(meaning.words());
                };
            }
            case Reply.NoAnswer(var dispatched, var reason) ->
                dispatched ? new Delivered.Unknown(reason, true) : new Delivered.RetryLater(SOON, reason);
        };
    }

    /**
     * Whether settings work with which the platform answered so.
     *
     * @param doubted the setting to look at where the platform says no without saying of what
     */
    public static CheckResult checked(Reply reply, String doubted) {
        return switch (reply) {
            case Reply.Ok _ -> new CheckResult.Fine();
            case Reply.Refused refused -> {
                var meaning = Meaning.of(refused);
                yield switch (meaning.then()) {
                    // Busy is no fault of the settings.
                    case Meaning.Then.Later _ -> new CheckResult.Fine();
                    case Meaning.Then.Mend(var setting) -> wrong(setting, meaning.words());
                    case Meaning.Then.Never() -> wrong(doubted, meaning.words());
                };
            }
            case Reply.NoAnswer(var _, var reason) ->
                wrong(
                        Meaning.ADDRESS,
                        Localized.of(
                                "WeCom cannot be reached: " + reason + ".",
                                "无法连接企业微信，请检查接口地址和网络（" + reason.in(Language.ZH_CN) + "）。"));
        };
    }

    public static CheckResult wrong(String setting, Localized words) {
        return new CheckResult.Wrong(List.of(new CheckResult.Problem(setting, words)));
    }
}
