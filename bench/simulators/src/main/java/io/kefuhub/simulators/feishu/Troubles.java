package io.kefuhub.simulators.feishu;

import static io.kefuhub.simulators.Faults.answers;
import static io.kefuhub.simulators.Faults.callbacks;

import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.FaultKind;
import io.kefuhub.simulators.Faults;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What can go wrong on this platform besides what can everywhere, and how calls are answered then. */
final class Troubles {
    static final String BUSY = "busy";
    static final String WRONG_SECRET = "wrong-secret";
    static final String SCOPE = "scope-missing";
    static final String CHAT_LIMIT = "chat-limit";
    static final String OUTSIDE = "bot-outside";
    static final String WITHDRAWN = "withdrawn";
    static final String CARD_REFUSED = "card-refused";
    static final String SEQUENCE = "sequence";
    static final String MANY_LINES = "many-lines";

    static final List<FaultKind> KINDS = List.of(
            answers(BUSY, "Internal error, as JSON (500)", "平台内部错误（JSON，500）"),
            answers(WRONG_SECRET, "Credentials refused (10014, 514)", "凭证被拒绝（10014、514）"),
            answers(SCOPE, "Permission missing (99991672)", "缺少权限（99991672）"),
            answers(CHAT_LIMIT, "Too often in this chat (230020)", "会话内发送过于频繁（230020）"),
            answers(OUTSIDE, "The bot is not in the chat (230002)", "机器人不在群内（230002）"),
            answers(WITHDRAWN, "What is answered was recalled (230011)", "被回复的消息已撤回（230011）"),
            answers(CARD_REFUSED, "Card refused (230099)", "卡片被拒绝（230099）"),
            answers(SEQUENCE, "Number of a card's step too small (300317)", "卡片序号过小（300317）"),
            answers(MANY_LINES, "Too many connections (1000040350)", "长连接数超限（1000040350）"),
            callbacks(Faults.STALE, "Signed nine hours ago", "九小时前的签名"),
            callbacks(Webhook.UNSIGNED, "Without a signature", "没有签名"),
            callbacks(Webhook.TAMPERED, "One space added to what was signed", "签名后正文多一个空格"),
            callbacks(Webhook.WRONG_TOKEN, "Wrong verification token", "校验令牌错误"),
            callbacks(Webhook.OLD_SIGNATURE, "Repeats keep the first signature", "重试沿用首次签名"),
            callbacks(Feishu.SECOND_EVENT, "Each message under two event ids", "同一消息两个事件编号"),
            callbacks(Parts.IN_PARTS, "Three parts, the last one first", "分三片且倒序"),
            callbacks(Parts.LOST_PART, "A part of three is lost", "三片中丢失一片"),
            callbacks(Parts.CUT_AFTER_EVENT, "The line is cut right after an event", "推送后立即断开长连接"),
            callbacks(Parts.NO_PONG, "Pings stay unanswered", "心跳无响应"));

    private static final String SENDS = "/open-apis/im/v1/messages";
    private static final String CARDS = "/open-apis/cardkit/v1/cards";

    private Troubles() {}

    /** @param revoke is told the header of a token that shall be dead */
    static Optional<Answer> answer(String fault, Call call, Consumer<String> revoke) {
        var path = call.path();
        var open = path.startsWith("/open-apis/");
        var sends = call.method().equals("POST") && (path.equals(SENDS) || path.endsWith("/reply"));
        return switch (fault) {
            case Faults.EXPIRED_TOKEN -> {
                var token = call.header("Authorization");
                if (token.isEmpty()) yield Optional.empty();
                revoke.accept(token);
                yield refused(Code.TOKEN_REVOKED);
            }
            case Faults.RATE_LIMIT ->
                open
                        ? Optional.of(
                                Api.refused(new Refusal(Code.TOO_MANY, new Refusal.Limit(50, Duration.ofSeconds(1)))))
                        : Optional.empty();
            case BUSY -> open ? refused(Code.INTERNAL) : endpoint(call, 1, "system busy");
            case WRONG_SECRET ->
                path.endsWith("/tenant_access_token/internal")
                        ? refused(Code.APP_SECRET_WRONG)
                        : endpoint(call, 514, "authentication failed");
            case SCOPE ->
                call.header("Authorization").isEmpty()
                        ? Optional.empty()
                        : Optional.of(Api.refused(Code.SCOPE_MISSING.refusal("[im:message:send_as_bot]")));
            case CHAT_LIMIT -> sends ? refused(Code.TOO_OFTEN) : Optional.empty();
            case OUTSIDE -> sends ? refused(Code.BOT_OUTSIDE) : Optional.empty();
            case WITHDRAWN -> path.endsWith("/reply") ? refused(Code.REPLY_WITHDRAWN) : Optional.empty();
            case CARD_REFUSED ->
                path.equals(CARDS)
                                || (sends
                                        && call.json().path("msg_type").asText().equals("interactive"))
                        ? refused(Code.CARD_WRONG)
                        : Optional.empty();
            case SEQUENCE -> path.startsWith(CARDS + "/") ? refused(Code.SEQUENCE_BEHIND) : Optional.empty();
            case MANY_LINES -> endpoint(call, 1000040350, "the number of connections exceeded the limit");
            default -> Optional.empty();
        };
    }

    private static Optional<Answer> refused(Code code) {
        return Optional.of(Api.refused(code.refusal()));
    }

    private static Optional<Answer> endpoint(Call call, int code, String words) {
        if (!call.path().equals("/callback/ws/endpoint")) return Optional.empty();
        return Optional.of(LongConnection.refused(code, words));
    }
}
