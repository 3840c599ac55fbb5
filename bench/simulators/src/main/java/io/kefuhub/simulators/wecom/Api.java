package io.kefuhub.simulators.wecom;

import io.kefuhub.simulators.Answer;
import io.kefuhub.simulators.Call;
import io.kefuhub.simulators.Routes;
import java.util.Set;

/** Calls that need a token, each of one of the secrets that may make it. */
final class Api {
    private static final Set<String> ALL = Set.of(Corp.KF_SECRET, Corp.APP_SECRET);

    private final Routes routes;
    private final Tokens tokens;

    Api(Routes routes, Tokens tokens) {
        this.routes = routes;
        this.tokens = tokens;
    }

    interface Endpoint {
        Answer answer(Call call) throws Wrong;
    }

    void kf(String path, Endpoint endpoint) {
        add("POST", "/cgi-bin/kf/" + path, Set.of(Corp.KF_SECRET), endpoint);
    }

    void app(String method, String path, Endpoint endpoint) {
        add(method, "/cgi-bin/" + path, Set.of(Corp.APP_SECRET), endpoint);
    }

    void all(String method, String path, Endpoint endpoint) {
        add(method, "/cgi-bin/" + path, ALL, endpoint);
    }

    private void add(String method, String path, Set<String> secrets, Endpoint endpoint) {
        routes.add(method, path, call -> {
            try {
                if (!secrets.contains(tokens.secretOf(call)))
                    throw new Wrong(Wrong.FORBIDDEN, "api forbidden for this secret");
                return endpoint.answer(call);
            } catch (Wrong wrong) {
                return Wrong.answer(wrong.code, String.valueOf(wrong.getMessage()));
            }
        });
    }
}
