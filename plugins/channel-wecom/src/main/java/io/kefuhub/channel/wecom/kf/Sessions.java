package io.kefuhub.channel.wecom.kf;

import io.kefuhub.api.Localized;
import io.kefuhub.api.Tasks;
import io.kefuhub.channel.wecom.api.Api;
import io.kefuhub.channel.wecom.api.Reply;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who serves whom, as the platform sees it: it takes the hub for a bot, and lets it send only while nobody has served yet
 * or the bot does. Safe for threads.
 */
final class Sessions {
    private static final int FRESH = 0;
    private static final int BOT = 1;
    private static final int POOL = 2;
    private static final int SERVICER = 3;
    private static final int REMEMBERED = 20_000;

    private final Api api;
    private final Tasks tasks;
    private final boolean claims;
    /** Whether the hub serves; guarded by itself. The longest known go first. */
    private final Map<KfThread, Boolean> ours = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<KfThread, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    Sessions(Api api, Tasks tasks, boolean claims) {
        this.api = api;
        this.tasks = tasks;
        this.claims = claims;
    }

    /** The customer wrote: takes the session, so that the platform does not hand it to its own servicers. */
    void heard(KfThread thread) {
        if (!claims) return;
        synchronized (ours) {
            if (ours.putIfAbsent(thread, true) != null) return;
        }
        tasks.run("claim", () -> claim(thread));
    }

    private void claim(KfThread thread) {
        var state = state(thread);
        var taken = state.isPresent() && (state.get() == BOT || (state.get() == FRESH && moved(thread, BOT, "")));
        if (taken) return;
        // Where it could not be asked, the next message tries again.
        if (state.isPresent() && (state.get() == SERVICER || state.get() == POOL)) servedElsewhere(thread);
        else ended(thread);
    }

    /** Somebody in the WeCom client serves now. */
    void servedElsewhere(KfThread thread) {
        synchronized (ours) {
            ours.put(thread, false);
        }
    }

    void ended(KfThread thread) {
        synchronized (ours) {
            ours.remove(thread);
        }
    }

    /** Hands the customer to somebody in the WeCom client; says whether that came about. */
    boolean handOver(KfThread thread, String servicer) {
        var done = moved(thread, SERVICER, servicer);
        if (done) servedElsewhere(thread);
        return done;
    }

    /**
     * The platform let nothing be sent (95018): makes it possible again where that may be.
     *
     * @return why it may not be, for agents; empty when it is worth another try
     */
    Optional<Localized> reopen(KfThread thread) {
        var state = state(thread);
        if (state.isEmpty()) return Optional.empty();
        boolean mine;
        synchronized (ours) {
            mine = Boolean.TRUE.equals(ours.get(thread));
        }
        if (state.get() == BOT) return Optional.empty();
        if ((state.get() == FRESH || mine) && moved(thread, BOT, "")) return Optional.empty();
        return Optional.of(
                switch (state.get()) {
                    case POOL, SERVICER ->
                        Localized.of(
                                "somebody in the WeCom client serves this customer; answer there, or end the session there.",
                                "该客户正由企业微信接待人员接待，请在企业微信中回复或结束会话。");
                    default ->
                        Localized.of("the session has ended; the customer has to write first.", "会话已结束，需客户再次发言。");
                });
    }

    private Optional<Integer> state(KfThread thread) {
        return api.post("/cgi-bin/kf/service_state/get", named(thread)) instanceof Reply.Ok(var body)
                ? Optional.of((int) body.number("service_state", FRESH))
                : Optional.empty();
    }

    private boolean moved(KfThread thread, int state, String servicer) {
        var body = named(thread);
        body.put("service_state", state);
        if (!servicer.isEmpty()) body.put("servicer_userid", servicer);
        return api.post("/cgi-bin/kf/service_state/trans", body) instanceof Reply.Ok;
    }

    private static Map<String, Object> named(KfThread thread) {
        var body = new HashMap<String, Object>();
        body.put("open_kfid", thread.openKfId());
        body.put("external_userid", thread.customer());
        return body;
    }
}
