package io.kefuhub.core.translation;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.kefuhub.api.Language;
import io.kefuhub.core.conversation.Conversation;
import io.kefuhub.core.conversation.DeskId;
import io.kefuhub.core.conversation.LanguagePair;
import io.kefuhub.core.web.Access;
import io.kefuhub.core.web.Caller;
import io.kefuhub.core.web.Problem;
import io.kefuhub.core.web.ProblemType;
import io.kefuhub.core.web.Requests;
import io.kefuhub.core.web.RouteModule;
import io.kefuhub.core.web.Words;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Which languages a conversation is held in, and what the translators of each desk are told. */
public final class TranslationRoutes implements RouteModule {
    private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,2}");
    private static final String AUTO = "auto";
    private static final int TERMS = 2_000;
    private static final int TERM = 200;
    private static final int ALIAS = 80;

    private final TranslationRules rules;
    private final Spoken spoken;
    private final Interpreter interpreter;
    private final BiFunction<Caller, UUID, Conversation> conversations;
    private final Supplier<LinkedHashMap<String, UUID>> desks;

    /**
     * @param conversations finds a conversation that the caller may see
     * @param desks the desks there are, by key
     */
    public TranslationRoutes(
            TranslationRules rules,
            Spoken spoken,
            Interpreter interpreter,
            BiFunction<Caller, UUID, Conversation> conversations,
            Supplier<LinkedHashMap<String, UUID>> desks) {
        this.rules = rules;
        this.spoken = spoken;
        this.interpreter = interpreter;
        this.conversations = conversations;
        this.desks = desks;
    }

    /** A correction; {@code auto} leaves it to the hub again, what is missing stays. */
    record Wanted(Optional<String> customer, Optional<String> agents) {}

    /**
     * The languages of a conversation.
     *
     * @param by who said what the customer speaks: detected, model or person
     * @param chosen whether somebody chose the agents' language; else it is the desk's
     * @param translates whether a translator serves the desk
     */
    record Shown(String customer, String by, String agents, boolean chosen, boolean translates) {}

    record TermBody(String term, Optional<String> to, Optional<String> becomes) {}

    record RulesBody(Optional<Long> version, Optional<String> detectAlias, List<TermBody> glossary) {}

    record RulesShown(
            String desk,
            long version,
            Optional<String> detectAlias,
            List<TermBody> glossary,
            Optional<String> managedBy) {}

    @Override
    public void addTo(JavalinDefaultRoutingApi routes) {
        routes.get("/api/conversations/{id}/languages", this::languages, Access.AGENT);
        routes.put("/api/conversations/{id}/languages", this::correct, Access.AGENT);
        routes.get("/api/translation", this::list, Access.SUPERVISOR);
        routes.put("/api/translation/{desk}", this::change, Access.SUPERVISOR);
    }

    private void languages(Context ctx) {
        Requests.send(ctx, shown(conversations.apply(Requests.caller(ctx), Requests.id(ctx))));
    }

    private void correct(Context ctx) {
        var caller = Requests.caller(ctx);
        var conversation = conversations.apply(caller, Requests.id(ctx));
        var wanted = Requests.body(ctx, Wanted.class);
        wanted.customer().ifPresent(tag -> language("customer", tag));
        wanted.agents().ifPresent(tag -> language("agents", tag));
        Function<LanguagePair, LanguagePair> change = pair -> changed(pair, wanted);
        Requests.send(ctx, shown(spoken.correct(caller.actor(), conversation, change)));
    }

    private static LanguagePair changed(LanguagePair pair, Wanted wanted) {
        var customer = wanted.customer().map(tag -> language("customer", tag));
        var agents = wanted.agents().map(tag -> language("agents", tag));
        return new LanguagePair(
                customer.flatMap(one -> one).orElse(pair.customer()),
                customer.isEmpty()
                        ? pair.by()
                        : customer.get().isEmpty() ? LanguagePair.By.DETECTED : LanguagePair.By.PERSON,
                agents.orElse(pair.agents()));
    }

    /** Empty where it is left to the hub. */
    private static Optional<Language> language(String field, String tag) {
        var plain = tag.strip();
        if (plain.equalsIgnoreCase(AUTO)) return Optional.empty();
        if (!TAG.matcher(plain).matches() || plain.toLowerCase(Locale.ROOT).startsWith("und")) {
            throw Problem.invalid(field, "A language such as fr or zh-TW, or auto.", "请填写语言代码，例如 fr 或 zh-TW，或 auto。");
        }
        return Optional.of(new Language(plain));
    }

    private Shown shown(Conversation conversation) {
        var pair = conversation.languages();
        return new Shown(
                pair.customer().tag(),
                pair.by().name().toLowerCase(Locale.ROOT),
                interpreter.agents(conversation).tag(),
                pair.agents().isPresent(),
                interpreter.serves(conversation));
    }

    private void list(Context ctx) {
        var caller = Requests.caller(ctx);
        var all = new ArrayList<RulesShown>();
        desks.get().forEach((key, id) -> {
            if (caller.mayRead(id)) all.add(shown(key, rules.of(new DeskId(id))));
        });
        Requests.send(ctx, new RulesList(all));
    }

    record RulesList(List<RulesShown> desks) {}

    private void change(Context ctx) {
        var caller = Requests.caller(ctx);
        var key = ctx.pathParam("desk");
        var id = Optional.ofNullable(desks.get().get(key))
                .filter(caller::mayRead)
                .orElseThrow(Problem::notFound);
        var body = Requests.body(ctx, RulesBody.class);
        var alias = body.detectAlias().map(String::strip).filter(text -> !text.isEmpty());
        if (alias.filter(text -> text.length() > ALIAS).isPresent()) {
            throw Problem.invalid("detectAlias", "At most " + ALIAS + " characters.", "最多 " + ALIAS + " 个字符。");
        }
        if (body.glossary().size() > TERMS) {
            throw Problem.invalid("glossary", "At most " + TERMS + " terms.", "最多 " + TERMS + " 个术语。");
        }
        var glossary = body.glossary().stream().map(TranslationRoutes::term).toList();
        var saved = rules.change(caller.actor(), new DeskId(id), body.version().orElse(0L), alias, glossary);
        switch (saved) {
            case TranslationRules.Saved.Done(var now) -> Requests.send(ctx, shown(key, now));
            case TranslationRules.Saved.Stale _ -> throw Problem.of(ProblemType.CONFLICT);
            case TranslationRules.Saved.Managed(var file) ->
                throw Problem.of(
                        ProblemType.MANAGED_BY_FILE, new Words("The file %s declares it.", "由文件 %s 声明。").with(file));
        }
    }

    private static Term term(TermBody body) {
        var term = body.term().strip();
        var becomes = body.becomes()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElse(term);
        if (term.isEmpty() || term.length() > TERM || becomes.length() > TERM) {
            throw Problem.invalid(
                    "glossary", "Each term has 1 to " + TERM + " characters.", "每个术语为 1 至 " + TERM + " 个字符。");
        }
        var to = body.to().map(String::strip).filter(text -> !text.isEmpty());
        return new Term(term, to.flatMap(tag -> language("glossary", tag)), becomes);
    }

    private static RulesShown shown(String key, DeskRules rules) {
        return new RulesShown(
                key,
                rules.version(),
                rules.detectAlias(),
                rules.glossary().stream()
                        .map(term -> new TermBody(
                                term.term(),
                                term.to().map(Language::tag),
                                term.stays() ? Optional.empty() : Optional.of(term.becomes())))
                        .toList(),
                rules.managedBy());
    }
}
