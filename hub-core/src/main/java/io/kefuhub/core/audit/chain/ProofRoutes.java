package io.kefuhub.core.audit.chain;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Language;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the audit is what was sealed, over HTTP. */
public final class ProofRoutes implements RouteModule {
    private static final int SHOWN = 50;

    private final Proof proof;

    public ProofRoutes(Proof proof) {
        this.proof = proof;
    }

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/audit/proof", this::send, Access.AUDITOR);
        routes.post("/api/audit/proof", this::begin, Access.AUDITOR);
    }

    record View(Optional<Proof.Running> running, Optional<Last> last, boolean failed) {
        static View of(Proof.State state, Language language) {
            return new View(state.running(), state.last().map(one -> Last.of(one, language)), state.failed());
        }
    }

    /**
     * What came of the last one.
     *
     * @param upTo when the last row it looked at was sealed
     * @param findings what is not as it was sealed, in words; the first of them
     * @param found how many there are
     */
    record Last(
            Instant at,
            boolean fine,
            Optional<Instant> upTo,
            long rows,
            long expired,
            long waiting,
            long checkpoints,
            long found,
            List<String> findings) {
        static Last of(Proof.Proven proven, Language language) {
            var outcome = proven.outcome();
            return new Last(
                    proven.at(),
                    outcome.isFine(),
                    outcome.last().map(link -> link.sealed().at()),
                    outcome.walked(),
                    outcome.expired(),
                    outcome.waiting(),
                    outcome.signed(),
                    outcome.findings().size() + outcome.notShown(),
                    outcome.findings().stream()
                            .limit(SHOWN)
                            .map(one -> one.words().in(language))
                            .toList());
        }
    }

    private void send(Context ctx) {
        Requests.send(ctx, View.of(proof.now(), Requests.language(ctx)));
    }

    private void begin(Context ctx) {
        proof.begin(Requests.caller(ctx).actor());
        send(ctx);
    }
}
