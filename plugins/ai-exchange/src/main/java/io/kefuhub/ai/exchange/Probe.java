package io.kefuhub.ai.exchange;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Http;
import io.kefuhub.api.Http.Outcome;
import io.kefuhub.api.Localized;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Usage;
import java.util.List;
import java.util.Map;

/**
 * Finds out whether a service would answer, and which setting is wrong when it would not. Asks for the list of models,
 * which is free; only a model that was named and is not on it is asked for a few tokens.
 */
record Probe(Service service, Dialect dialect, Http http, AiProvider provider) {
    private static final String ADDRESS = "address";
    /** Fewer than these some models do not take. */
    private static final int A_FEW = 16;

    private static final int NOT_FOUND = 404;
    private static final int NOT_SO = 405;

    CheckResult check() {
        var outcome = http.call(dialect.models()).send();
        return switch (outcome) {
            case Outcome.Answered answered -> answered(answered);
            case Outcome.NotAllowed(var host) ->
                wrong(
                        ADDRESS,
                        Localized.of(
                                "it leads to the host " + host + ", which is not allowed",
                                "该地址指向 " + host + "，未允许访问此主机"));
            case Outcome.Failed(var _, var why) ->
                wrong(ADDRESS, Localized.of("it cannot be reached: " + why, "无法连接：" + why));
            case Outcome.TimedOut _ -> wrong(ADDRESS, Localized.of("nothing answers there in time", "该地址未在时限内应答"));
            case Outcome.Cancelled _ -> brokenOff();
        };
    }

    private CheckResult answered(Outcome.Answered answered) {
        var body = Json.object(answered.body());
        var error = body.flatMap(dialect::error);
        if (answered.isOk() && error.isEmpty()) {
            if (body.isEmpty()) {
                return wrong(ADDRESS, Localized.of("what answers there is no service for models", "该地址有应答，但不是模型服务"));
            }
            var names = dialect.names(body.get());
            return names.stream().anyMatch(name -> dialect.isSame(name, service.model())) ? fine() : model();
        }
        var status = answered.status();
        return switch (dialect.trouble(status, error.orElse(JsonObject.EMPTY))) {
            case CREDENTIALS -> credentials();
            case BALANCE -> balance();
            // It knows the key, and is only busy.
            case RATE_LIMITED, OVERLOADED -> fine();
            case TOO_LONG, FILTERED, REFUSED, BROKEN -> {
                var hasNoList = status == NOT_FOUND || status == NOT_SO;
                if (hasNoList && !service.model().isEmpty()) yield model();
                yield wrong(
                        ADDRESS,
                        Localized.of(
                                "what answers there says " + status + "; look at its path",
                                "该地址返回状态码 " + status + "，请检查地址中的路径"));
            }
        };
    }

    /** Asks the model itself; without one there is nothing more to ask. */
    private CheckResult model() {
        if (service.model().isEmpty()) return fine();
        var hello = new AiRequest.Turn(AiRequest.Role.USER, "Hello", List.of());
        var request = new AiRequest(service.model(), "", List.of(hello), A_FEW, 1, false, Map.of());
        return switch (provider.reply(request, new Deaf(), new Never())) {
            case AiReply.Answer _, AiReply.RateLimited _, AiReply.Overloaded _, AiReply.ContentFiltered _ -> fine();
            case AiReply.TooLong _ -> fine();
            case AiReply.CredentialsRefused _ -> credentials();
            case AiReply.NoBalance _ -> balance();
            case AiReply.Refused(var why, var _) ->
                wrong(
                        Service.MODEL.key(),
                        Localized.of("the service does not take this model: " + why, "服务不接受此模型：" + why));
            case AiReply.Broken(var why, var _, var _, var _) ->
                wrong(ADDRESS, Localized.of("the model does not answer: " + why, "模型没有应答：" + why));
            case AiReply.Cancelled _ -> brokenOff();
        };
    }

    private static CheckResult brokenOff() {
        return wrong(ADDRESS, Localized.of("the check was broken off", "检查已中断"));
    }

    private static CheckResult credentials() {
        return wrong(
                Service.KEY.key(),
                Localized.of("the service refuses this key, or may not be used with it", "服务拒绝此密钥，或此密钥无权使用该服务"));
    }

    private static CheckResult balance() {
        return wrong(Service.KEY.key(), Localized.of("the account of this key has no balance left", "此密钥所属账户余额不足"));
    }

    private static CheckResult fine() {
        return new CheckResult.Fine();
    }

    private static CheckResult wrong(String setting, Localized text) {
        return new CheckResult.Wrong(List.of(new CheckResult.Problem(setting, text)));
    }

    /** Wants to know only how it ends. */
    private static final class Deaf implements AiSink {
        @Override
        public void content(String piece) {}

        @Override
        public void reasoning(String piece) {}

        @Override
        public void usage(Usage usage) {}
    }

    private static final class Never implements Cancel {
        @Override
        public boolean isRequested() {
            return false;
        }

        @Override
        public void onRequest(Runnable action) {}
    }
}
