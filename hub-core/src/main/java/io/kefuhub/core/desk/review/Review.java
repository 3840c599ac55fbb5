package io.kefuhub.core.desk.review;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.Conversations;
import io.kefuhub.core.conversation.Decision;
import io.kefuhub.core.conversation.Events;
import io.kefuhub.core.conversation.Held;
import io.kefuhub.core.conversation.HoldId;
import io.kefuhub.core.conversation.Holds;
import io.kefuhub.core.conversation.MessageState;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.delivery.Reviewed;
import io.kefuhub.core.delivery.Reviewing;
import io.kefuhub.core.delivery.Wording;
import io.kefuhub.core.desk.EventView;
import io.kefuhub.core.desk.PersonRef;
import io.kefuhub.core.desk.Summary;
import io.kefuhub.core.desk.Waiting;
import io.kefuhub.core.filtering.Why;
import io.kefuhub.core.plugin.life.Allowing;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Json;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What reviewers see and decide. Safe for threads. */
public final class Review {
    private static final int LONGEST_TEXT = 4_000;
    private static final int NEIGHBOURS = 3;
    private static final int PAST = 5;
    private static final int LONGEST_LINE = 200;
    private static final int MOST_RULES = 200;

    private final Database database;
    private final Reviewing reviewing;
    private final Function<Collection<UUID>, List<Summary>> summaries;
    private final Function<Conversation, Facts> facts;
    private final Allowances allowances;
    private final Holds holds = new Holds();
    private final Events events = new Events();
    private final Conversations conversations = new Conversations();

    record Listed(List<HeldView> held, Optional<String> next) {}

    /**
     * One of them, with what stands around it.
     *
     * @param around what was said before and after it
     * @param ofCustomer what else was kept of this customer
     * @param ofRule what was decided where the same was found
     * @param allowable whether a line can be added to what the filter lets pass
     */
    record Shown(
            HeldView held,
            List<Map<String, Object>> around,
            List<HeldView.Past> ofCustomer,
            List<HeldView.Past> ofRule,
            boolean allowable) {}

    /** Adds lines to what filters let pass, for those who may change them. */
    public interface Allowances {
        /** Whether it can be done at all. */
        boolean can(String filter);

        Allowing allow(String filter, String line, Caller caller);
    }

    /** @param then {@code goes-on}, {@code held-again}, {@code too-late} or {@code ends} */
    record Ruled(UUID id, HeldView.DecidedView decided, String then) {}

    public Review(
            Database database,
            Reviewing reviewing,
            Function<Collection<UUID>, List<Summary>> summaries,
            Function<Conversation, Facts> facts,
            Allowances allowances) {
        this.database = database;
        this.reviewing = reviewing;
        this.summaries = summaries;
        this.facts = facts;
        this.allowances = allowances;
    }

    Listed open(Caller caller, Optional<UUID> desk, boolean newestFirst, Optional<Holds.Place> after, int limit) {
        var place = after.orElse(Holds.Place.beginning(newestFirst));
        var wanted = new Holds.Wanted(caller.desks(), desk, newestFirst, place, limit + 1);
        var found = database.read(db -> holds.open(db, wanted));
        var shown = found.subList(0, Math.min(limit, found.size()));
        var next = found.size() > limit
                ? Optional.of(Places.text(Holds.Place.of(shown.getLast())))
                : Optional.<String>empty();
        return new Listed(views(shown), next);
    }

    private List<HeldView> views(List<Held> held) {
        var ids = held.stream().map(Held::conversation).collect(Collectors.toSet());
        if (ids.isEmpty()) return List.of();
        var known = summaries.apply(ids.stream().map(id -> id.value()).toList()).stream()
                .collect(Collectors.toMap(Summary::id, summary -> summary));
        var epochs = database.read(db -> conversations.findAll(db, ids)).stream()
                .collect(Collectors.toMap(Conversation::id, Conversation::epoch));
        var views = new ArrayList<HeldView>(held.size());
        for (var one : held) {
            var summary = known.get(one.conversation().value());
            var epoch = epochs.get(one.conversation());
            if (summary != null && epoch != null) views.add(HeldView.of(one, summary, epoch));
        }
        return views;
    }

    Shown show(Caller caller, UUID id) {
        var held = find(caller, id);
        var view = views(List.of(held)).stream().findFirst().orElseThrow(Problem::notFound);
        // Foreign code may be asked for this.
        var allowable = allowances.can(held.hold().filter());
        return database.read(db -> new Shown(
                view,
                events.saidAround(db, held.conversation(), held.feed(), NEIGHBOURS).stream()
                        .map(event -> EventView.of(held.conversation(), event))
                        .toList(),
                holds.ofContact(db, held, PAST).stream()
                        .filter(past -> caller.mayRead(past.desk().value()))
                        .map(HeldView.Past::of)
                        .toList(),
                holds.ofRules(db, held, caller.desks(), PAST).stream()
                        .map(HeldView.Past::of)
                        .toList(),
                allowable));
    }

    Ruled decide(Caller caller, UUID id, Decision decision, Optional<String> text) {
        var held = find(caller, id);
        if (decision == Decision.ANSWERED && held.hold().stage() == Stage.AGENT_OUT) {
            throw Problem.invalid(
                    "decision", "An agent wrote it: release, mask or refuse it.", "这是客服发出的消息，可以放行、打码放行或拒绝。");
        }
        var parts = decision == Decision.MASKED && held.decided().isEmpty()
                ? Optional.of(reworded(held, text))
                : decision == Decision.MASKED ? Optional.of(held.message().parts()) : Optional.<List<Part>>empty();
        var conversation =
                database.read(db -> conversations.find(db, held.conversation())).orElseThrow(Problem::notFound);
        var wish = new Reviewing.Wish(decision, new Assignee(caller.id(), caller.name()), parts);
        return switch (Waiting.on(reviewing.decide(held, conversation, wish, facts.apply(conversation)))) {
            case Reviewed.Done(var decided, var then) ->
                new Ruled(
                        id,
                        HeldView.DecidedView.of(decided),
                        then.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
            case Reviewed.Before(var decided) -> throw before(decided);
            case Reviewed.Taken(var by) ->
                throw Problem.of(
                                ProblemType.TAKEN,
                                new Words(
                                                "%s talks to this customer: release the message, and they have it.",
                                                "%s 正在接待这位客户：放行后将由其回复。")
                                        .with(by.name()))
                        .with("assignee", PersonRef.of(by));
            case Reviewed.Gone() -> throw Problem.notFound();
        };
    }

    private static List<Part> reworded(Held held, Optional<String> text) {
        if (text.isPresent()) {
            var words = text.get().strip();
            if (words.isEmpty() || words.length() > LONGEST_TEXT) {
                throw Problem.invalid("text", "1 to " + LONGEST_TEXT + " characters.", "1 至 " + LONGEST_TEXT + " 个字符。");
            }
            return Wording.reworded(held.message().parts(), words);
        }
        return Wording.covered(
                        held.message().parts(), Why.found(Json.tree(held.hold().why())))
                .orElseThrow(() -> Problem.invalid(
                        "text",
                        "The filter does not say where it is; write how it is to read.",
                        "过滤器没有指出位置，请写出修改后的内容。"));
    }

    private static Problem before(Held.Decided decided) {
        return Problem.of(
                        ProblemType.DECIDED,
                        new Words("%s was first.", "%s 已先行处理。")
                                .with(decided.by().name()))
                .with("decided", HeldView.DecidedView.of(decided));
    }

    /**
     * How often the rules of filters kept messages.
     *
     * @param falsePositives how many of the decided ones went on unchanged, from 0 to 1; empty where none is decided
     */
    record Rule(
            String filter,
            String rule,
            long held,
            long open,
            long released,
            long masked,
            long refused,
            long answered,
            Optional<Double> falsePositives) {
        static Rule of(Holds.Counted one) {
            return new Rule(
                    one.filter(),
                    one.rule(),
                    one.held(),
                    one.held() - one.decided(),
                    one.released(),
                    one.masked(),
                    one.refused(),
                    one.answered(),
                    one.decided() == 0 ? Optional.empty() : Optional.of((double) one.released() / one.decided()));
        }
    }

    List<Rule> rules(Caller caller, Instant from, Instant to, Optional<UUID> desk) {
        var of = new Holds.Of(from, to, caller.desks(), desk, MOST_RULES);
        return database.read(db -> holds.count(db, of)).stream().map(Rule::of).toList();
    }

    /** Lets pass from now on, everywhere the filter judges, what a line says. */
    void allow(Caller caller, UUID id, String line) {
        var held = find(caller, id);
        var saying = line.strip();
        if (saying.isEmpty() || saying.length() > LONGEST_LINE || saying.lines().count() > 1) {
            throw Problem.invalid(
                    "line", "One line of 1 to " + LONGEST_LINE + " characters.", "一行，1 至 " + LONGEST_LINE + " 个字符。");
        }
        switch (allowances.allow(held.hold().filter(), saying, caller)) {
            case Allowing.Added() -> {}
            case Allowing.NoList() ->
                throw Problem.invalid("line", "This filter has no list of what it lets pass.", "此过滤器没有放行词设置。");
            case Allowing.OfFile(var file) ->
                throw Problem.of(ProblemType.MANAGED_BY_FILE, "It is declared in " + file + ".", "它由 " + file + " 声明。");
            case Allowing.NotTheirs() ->
                throw Problem.of(
                        ProblemType.FORBIDDEN,
                        "This filter judges for other desks too; ask an admin.",
                        "此过滤器也用于其他部门，请联系管理员。");
            case Allowing.Refused(var problems) -> {
                var text = Words.of(problems.getFirst().text());
                throw Problem.invalid("line", text.en(), text.zh());
            }
        }
    }

    /** Those of desks that the caller may not read are not found. */
    Held find(Caller caller, UUID id) {
        return database.read(db -> holds.find(db, new HoldId(id)))
                .filter(held -> caller.mayRead(held.desk().value()))
                .filter(held -> held.decided().isPresent() || held.message().state() == MessageState.HELD)
                .orElseThrow(Problem::notFound);
    }
}
