package io.kefuhub.core.desk;

import io.kefuhub.core.delivery.Allowance;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Words;
import java.time.Instant;
import java.util.Optional;

/**
 * How much a customer's platform takes until they write again, as agents see it. Immutable.
 *
 * @param most replies of a window; empty where they are not counted
 * @param left of these
 * @param until when the window closes; empty where it never does
 */
public record WindowView(Optional<Integer> most, Optional<Integer> left, Optional<Instant> until, boolean open) {
    static Optional<WindowView> of(Allowance allowance) {
        if (!allowance.isLimited()) return Optional.empty();
        var counted = allowance.isCounted();
        return Optional.of(new WindowView(
                counted ? Optional.of(allowance.most()) : Optional.empty(),
                counted ? Optional.of(allowance.left()) : Optional.empty(),
                allowance.until(),
                allowance.open()));
    }

    /** What was written stays with the agent. */
    static Problem refused(Allowance allowance, int needed) {
        var why = !allowance.open()
                ? new Words(
                        "It was not sent: too much time has passed since the customer last wrote. Their platform takes"
                                + " messages again when they write.",
                        "未发送：距客户上次发消息已超过平台允许的时间。客户再次发消息后才能继续回复。")
                : allowance.left() == 0
                        ? new Words(
                                        "It was not sent: all %s replies that the customer's platform allows are used up. It takes"
                                                + " more when the customer writes again.",
                                        "未发送：平台允许的 %s 条回复已用完。客户再次发消息后才能继续回复。")
                                .with(allowance.most())
                        : new Words(
                                        "It was not sent: it would take %s messages, and the customer's platform takes only %s more"
                                                + " until the customer writes again. Say it more shortly, or with fewer files.",
                                        "未发送：这条回复需要 %s 条消息，而在客户再次发消息之前平台只再接收 %s 条。请写短一些，或少发几个文件。")
                                .with(needed, allowance.left());
        return Problem.of(ProblemType.SEND_WINDOW, why);
    }
}
