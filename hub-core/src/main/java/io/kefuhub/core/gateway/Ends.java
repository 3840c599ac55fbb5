package io.kefuhub.core.gateway;

import io.kefuhub.api.ai.AiReply;
import io.kefuhub.core.models.ModelOutcome;
import io.kefuhub.core.web.ProgramError;
import io.kefuhub.core.web.Words;
import java.time.Duration;

/** How answers end, and why there are none, in OpenAI's words and in those of people. */
final class Ends {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(5);

    private Ends() {}

    static String finish(AiReply.Finish finish) {
        return finish == AiReply.Finish.LENGTH ? "length" : "stop";
    }

    static ProgramError noModel(String model) {
        return ProgramError.of(
                        404,
                        "invalid_request_error",
                        "model_not_found",
                        new Words(
                                "The model '" + model + "' does not exist, or this token may not ask it. "
                                        + "GET /v1/models lists those it may ask.",
                                "模型“" + model + "”不存在，或此令牌无权使用。可用的模型见 GET /v1/models。"))
                .at("model");
    }

    /** The alias is there, but nothing behind it: whoever calls has named the right model and can only wait for an admin. */
    private static ProgramError notSetUp(String model) {
        return ProgramError.of(
                        503,
                        "server_error",
                        "model_unavailable",
                        new Words(
                                "Nothing can be asked for the model '" + model
                                        + "': what stands behind it is off, has no price "
                                        + "or is not set up. An admin sees why under Models.",
                                "模型“" + model + "”暂无可用的服务：其部署已停用、未定价或尚未配置。管理员可在“模型”页查看原因。"))
                .notToBeRepeated();
    }

    static ProgramError tooLong() {
        return ProgramError.wrong(
                "messages",
                "context_length_exceeded",
                new Words("The messages are longer than the model's context.", "消息超出了模型的上下文长度。"));
    }

    static ProgramError broken() {
        return ProgramError.of(
                        503,
                        "server_error",
                        "upstream_broke_off",
                        new Words("The model broke off in the middle of its answer.", "模型在回答过程中中断。"))
                .notToBeRepeated();
    }

    /** @param model the alias that was asked */
    static ProgramError notAnswered(ModelOutcome.NotAnswered outcome, String model) {
        return switch (outcome.why()) {
            case NO_MODEL -> notSetUp(model);
            case BUDGET ->
                ProgramError.of(
                                429,
                                "insufficient_quota",
                                "insufficient_quota",
                                new Words(
                                        "The worst case of this question does not fit into what is left of a budget. "
                                                + "Ask for fewer tokens, or have an admin raise the budget.",
                                        "预算余额不足以支付此次提问的最高费用。请减少 max_tokens，或请管理员提高预算。"))
                        .notToBeRepeated();
            case LIMIT ->
                ProgramError.of(
                                429,
                                "rate_limit_error",
                                "rate_limit_exceeded",
                                new Words("Too many questions or tokens at the moment.", "当前提问次数或 token 数过多。"))
                        .after(outcome.again().orElse(LATER));
            case BUSY ->
                ProgramError.of(
                                503,
                                "server_error",
                                "overloaded",
                                new Words(
                                        "All that can be asked for this model are busy or resting.",
                                        "此模型的所有服务都在忙或暂停使用。"))
                        .after(outcome.again().orElse(SOON));
            case FAILED -> {
                var failed = ProgramError.of(
                        503,
                        "server_error",
                        "upstream_failed",
                        new Words(
                                "The model could not be asked; the hub has tried what is worth trying.",
                                "无法取得模型的回答，系统已尝试所有可用的服务。"));
                yield outcome.again().map(failed::after).orElseGet(failed::notToBeRepeated);
            }
            case DEADLINE ->
                ProgramError.of(
                                504,
                                "server_error",
                                "timeout",
                                new Words("The model did not answer in time.", "模型未能按时回答。"))
                        .notToBeRepeated();
            case FILTERED ->
                ProgramError.wrong(
                        "messages",
                        "content_policy_violation",
                        new Words(
                                "A filter of this hub does not let the messages go to a model.",
                                "本系统的过滤器不允许将此消息发送给模型。"));
            case DATABASE_AWAY ->
                ProgramError.of(
                                503,
                                "server_error",
                                "unavailable",
                                new Words("The books cannot be written at the moment.", "暂时无法记账。"))
                        .after(LATER);
        };
    }
}
