package io.kefuhub.simulators.feishu;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * The self-built app as the developer console shows it. Immutable.
 *
 * @param scopes what the tenant allowed it
 * @param activated whether the app's bot ability is on
 */
record App(
        String id, String secret, String verificationToken, String encryptKey, Set<String> scopes, boolean activated) {
    static final String TENANT = "2ca1d211f64f6438";
    static final String BOT_NAME = "客服助手";

    static final Set<String> USUAL_SCOPES = Set.of(
            "im:message",
            "im:message.group_msg",
            "im:resource",
            "im:chat:readonly",
            "contact:user.base:readonly",
            "contact:user.email:readonly",
            "cardkit:card:write");

    App {
        if (!id.matches("cli_[0-9a-f]{16}")) throw new IllegalArgumentException("an app id is cli_ and 16 hex digits");
        scopes = Set.copyOf(scopes);
    }

    App withScope(String scope, boolean granted) {
        var next = new LinkedHashSet<>(scopes);
        if (granted) next.add(scope);
        else next.remove(scope);
        return new App(id, secret, verificationToken, encryptKey, next, activated);
    }

    App withActivated(boolean on) {
        return new App(id, secret, verificationToken, encryptKey, scopes, on);
    }

    boolean may(String scope) {
        return scopes.contains(scope);
    }

    void demand(String... anyOf) {
        for (var scope : anyOf) if (may(scope)) return;
        throw Code.SCOPE_MISSING.refusal(new TreeSet<>(Set.of(anyOf)).toString());
    }
}
