package io.kefuhub.core.answering.knowledge;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Entries that agents propose, and their review. */
public final class ProposalRoutes implements RouteModule {
    private static final int PAGE = 50;
    private static final int LONGEST_PAGE = 200;

    private final Proposing proposing;
    private final DeskNames desks;

    /** @param desks the desks there are, by key, the usual one first */
    public ProposalRoutes(Proposing proposing, Supplier<LinkedHashMap<String, UUID>> desks) {
        this.proposing = proposing;
        this.desks = new DeskNames(desks);
    }

    record Draft(
            Optional<String> desk,
            Optional<String> language,
            String question,
            String answer,
            Optional<String> origin,
            Optional<UUID> conversation,
            Optional<UUID> message) {}

    record Publish(
            Optional<String> language,
            String question,
            Optional<List<String>> similar,
            String answer,
            Optional<Boolean> replace) {}

    /** A proposal as callers read it. @param existing the entry that asks the same */
    record View(
            UUID id,
            UUID desk,
            String language,
            String question,
            String answer,
            String origin,
            Optional<UUID> conversation,
            String proposedBy,
            Instant proposedAt,
            Optional<EntryView> existing) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/knowledge/proposals", this::list, Access.SIGNED_IN);
        routes.post("/api/knowledge/proposals", this::propose, Access.AGENT);
        routes.post("/api/knowledge/proposals/{id}/publish", this::publish, Access.SUPERVISOR);
        routes.post("/api/knowledge/proposals/{id}/dismiss", this::dismiss, Access.SUPERVISOR);
    }

    private void list(Context ctx) {
        var theirs = theirs(Requests.caller(ctx));
        int limit = Requests.limit(ctx, PAGE, LONGEST_PAGE);
        var before = Requests.parameter(ctx, "before");
        var place = before.isEmpty()
                ? Place.START
                : Place.parse(before.get())
                        .orElseThrow(() -> Problem.invalid("before", "Take it from `next`.", "请使用上一页返回的 next。"));
        var page = proposing.page(theirs, place, limit);
        var body = new LinkedHashMap<String, Object>();
        body.put("proposals", page.stream().map(this::view).toList());
        body.put("total", proposing.count(theirs));
        if (page.size() == limit) {
            var last = page.getLast();
            body.put("next", new Place(last.proposedAt(), last.id()).toString());
        }
        Requests.send(ctx, body);
    }

    private void propose(Context ctx) {
        var draft = Requests.body(ctx, Draft.class);
        var caller = Requests.caller(ctx);
        var desk = desks.named(draft.desk(), caller);
        var origin = draft.origin()
                .map(code -> Proposal.Origin.of(code)
                        .orElseThrow(() ->
                                Problem.invalid("origin", "correction or unanswered.", "correction 或 unanswered。")))
                .orElse(Proposal.Origin.CORRECTION);
        var content = EntryBody.checked(() -> EntryContent.of(
                draft.language().map(EntryBody::language).orElseGet(() -> EntryLanguage.written(draft.question())),
                draft.question(),
                List.of(),
                draft.answer()));
        var proposal = proposing.propose(caller.actor(), desk, content, origin, draft.conversation(), draft.message());
        ctx.status(201);
        Requests.send(ctx, view(proposal));
    }

    private void publish(Context ctx) {
        var body = Requests.body(ctx, Publish.class);
        var proposal = theirProposal(ctx);
        var content = EntryBody.checked(() -> EntryContent.of(
                body.language()
                        .map(EntryBody::language)
                        .orElse(proposal.content().language()),
                body.question(),
                body.similar().orElse(List.of()),
                body.answer()));
        var saved = proposing.publish(
                Requests.caller(ctx).actor(),
                proposal.id(),
                content,
                body.replace().orElse(false));
        Requests.send(ctx, EntryView.of(KnowledgeRoutes.done(saved)));
    }

    private void dismiss(Context ctx) {
        if (!proposing.dismiss(Requests.caller(ctx).actor(), theirProposal(ctx).id())) throw Problem.notFound();
        ctx.status(204);
    }

    private Proposal theirProposal(Context ctx) {
        return proposing
                .find(Requests.id(ctx))
                .filter(one -> Requests.caller(ctx).mayRead(one.desk()))
                .orElseThrow(Problem::notFound);
    }

    private View view(Proposal proposal) {
        return new View(
                proposal.id(),
                proposal.desk(),
                proposal.content().language().code(),
                proposal.content().question(),
                proposal.content().answer(),
                proposal.origin().code(),
                proposal.conversation(),
                proposal.proposedBy(),
                proposal.proposedAt(),
                proposing.existing(proposal).map(EntryView::of));
    }

    private static Optional<Set<UUID>> theirs(Caller caller) {
        return caller.desks().isEmpty() ? Optional.empty() : Optional.of(caller.desks());
    }
}
