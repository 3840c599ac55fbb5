package io.kefuhub.core.plugin;

import io.kefuhub.api.AiProviderFactory;
import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Description;
import io.kefuhub.api.DirectoryFactory;
import io.kefuhub.api.FilterFactory;
import io.kefuhub.api.Http;
import io.kefuhub.api.Language;
import io.kefuhub.api.ResponderFactory;
import io.kefuhub.api.SettingSpec;
import io.kefuhub.api.Settings;
import io.kefuhub.api.SettingsException;
import io.kefuhub.api.TranslatorFactory;
import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.ai.AiProviderContext;
import io.kefuhub.api.ai.AiReply;
import io.kefuhub.api.ai.AiRequest;
import io.kefuhub.api.ai.AiSink;
import io.kefuhub.api.ai.Cancel;
import io.kefuhub.api.ai.Embedding;
import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.channel.Contact;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Draft;
import io.kefuhub.api.channel.Pulled;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.channel.Timeline;
import io.kefuhub.api.directory.Directory;
import io.kefuhub.api.directory.DirectoryContext;
import io.kefuhub.api.directory.Found;
import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.FilterContext;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.api.respond.AnswerSink;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.respond.ResponderContext;
import io.kefuhub.api.respond.Response;
import io.kefuhub.api.respond.Turn;
import io.kefuhub.api.translate.Translation;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.api.translate.TranslatorContext;
import io.kefuhub.api.web.LiveSocket;
import io.kefuhub.api.web.PublicPath;
import io.kefuhub.api.web.SocketHandler;
import io.kefuhub.api.web.Upgrade;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The one door into foreign code: one method for each question that can be asked. Safe for threads.
 *
 * <p>Each method keeps the slot from being closed meanwhile, sets the thread's class loader, keeps the deadline, turns
 * an exception, a null or lateness into a failed answer, and counts. After repeated failures the slot rests, so that
 * the hub goes round it. What computes runs on a pool of platform threads ({@link #onComputePool}); what waits runs on
 * virtual threads; what a socket or a browser brings runs on the caller's thread. The hub's own code always runs on the
 * caller's thread.
 */
public final class Guard implements AutoCloseable {
    /** So many walks that are only tried out may be under way at once; others wait. */
    private static final int REHEARSALS = 2;

    private final Calls calls;
    private final Shadows shadows;
    private final ComputePool rehearsals;
    private final LongSupplier nanoTime;
    private final Duration filterDeadline;

    public Guard() {
        this((_, _, _, _) -> {});
    }

    public Guard(Alarm alarm) {
        this(alarm, usualThreads());
    }

    public Guard(Alarm alarm, int computeThreads) {
        this(alarm, computeThreads, System::nanoTime, Kind.FILTER.deadline());
    }

    /**
     * @param nanoTime by which rests are measured
     * @param filterDeadline for a question to a filter, where no admin said so for the instance
     */
    public Guard(Alarm alarm, LongSupplier nanoTime, Duration filterDeadline) {
        this(alarm, usualThreads(), nanoTime, filterDeadline);
    }

    private Guard(Alarm alarm, int computeThreads, LongSupplier nanoTime, Duration filterDeadline) {
        this.nanoTime = nanoTime;
        this.filterDeadline = filterDeadline;
        calls = new Calls(alarm, computeThreads);
        shadows = new Shadows(calls);
        rehearsals = new ComputePool(calls, REHEARSALS);
    }

    private static int usualThreads() {
        return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    }

    /** What holds for an instance where no admin said anything else. */
    public Terms usualTerms(Kind kind) {
        return kind == Kind.FILTER ? Terms.of(kind).withDeadline(filterDeadline) : Terms.of(kind);
    }

    /**
     * Walks a row of questions with one hop for all of them; inside it, each keeps its own deadline.
     *
     * @param walk may be run again from its start when a question in it was late, with the answers it had; so it must do
     *     nothing but ask and compute
     */
    public <T> T onComputePool(Supplier<T> walk) {
        return calls.pool().walk(walk);
    }

    /** Walks a row of questions to these slots, on the caller's thread where all of them are the hub's own. */
    public <T> T walk(Collection<? extends Slot<?>> slots, Supplier<T> walk) {
        for (var slot : slots) {
            if (!slot.callee().isHub()) return onComputePool(walk);
        }
        return walk.get();
    }

    /**
     * Walks a row of questions that somebody tries out: under the deadlines that hold for messages, on threads that no
     * message needs, and nothing of it is counted, written down or held against anybody.
     */
    public <T> T rehearse(Supplier<T> walk) {
        return Rehearsal.of(() -> rehearsals.walk(() -> Rehearsal.of(walk)));
    }

    // Making and closing

    /** Makes the place of an instance that is yet to be made of this offer. */
    public <T extends AutoCloseable> Slot<T> slot(Offer<?> offer, String instance, long generation, Terms terms) {
        return Slot.empty(offer, instance, generation, terms, nanoTime);
    }

    /** Asks a factory anew what it says of itself. */
    public Asked<Description> description(Offer<?> offer) {
        return calls.apart(offer.callee(), offer.factory()::description);
    }

    public Asked<CheckResult> create(Slot<Channel> slot, Offer<?> offer, Settings settings, ChannelContext context) {
        var factory = (ChannelFactory) offer.factory();
        return made(slot, offer, () -> factory.create(settings, context));
    }

    public Asked<CheckResult> create(Slot<Filter> slot, Offer<?> offer, Settings settings, FilterContext context) {
        var factory = (FilterFactory) offer.factory();
        return made(slot, offer, () -> factory.create(settings, context));
    }

    public Asked<CheckResult> create(
            Slot<Responder> slot, Offer<?> offer, Settings settings, ResponderContext context) {
        var factory = (ResponderFactory) offer.factory();
        return made(slot, offer, () -> factory.create(settings, context));
    }

    public Asked<CheckResult> create(
            Slot<AiProvider> slot, Offer<?> offer, Settings settings, AiProviderContext context) {
        var factory = (AiProviderFactory) offer.factory();
        return made(slot, offer, () -> factory.create(settings, context));
    }

    public Asked<CheckResult> create(
            Slot<Translator> slot, Offer<?> offer, Settings settings, TranslatorContext context) {
        var factory = (TranslatorFactory) offer.factory();
        return made(slot, offer, () -> factory.create(settings, context));
    }

    public Asked<CheckResult> create(
            Slot<Directory> slot, Offer<?> offer, Settings settings, DirectoryContext context) {
        var factory = (DirectoryFactory) offer.factory();
        return made(slot, offer, () -> factory.create(settings, context));
    }

    /** Fills the slot, unless a setting is wrong, which is an answer and no failure. */
    private <T extends AutoCloseable> Asked<CheckResult> made(Slot<T> slot, Offer<?> offer, Question<T> factory) {
        return calls.apart(offer.callee(), () -> {
            try {
                var target = factory.ask();
                if (target == null) return null;
                slot.fill(target);
                return new CheckResult.Fine();
            } catch (SettingsException e) {
                return new CheckResult.Wrong(List.of(new CheckResult.Problem(e.key(), e.expected())));
            }
        });
    }

    public Asked<CheckResult> check(Slot<?> slot) {
        return calls.apart(slot.callee(), () -> switch (slot.target()) {
            case Channel channel -> channel.check();
            case AiProvider provider -> provider.check();
            case Translator translator -> translator.check();
            case Directory directory -> directory.check();
            default -> new CheckResult.Fine();
        });
    }

    /** Asks what is asked once and kept; what fails is a problem. */
    @SuppressWarnings("unchecked") // a slot of a kind holds that kind
    public List<CheckResult.Problem> introduce(Slot<?> slot) {
        var asked = switch (slot.kind()) {
            case CHANNEL -> abilities((Slot<Channel>) slot);
            case FILTER -> askedStages((Slot<Filter>) slot);
            default -> new Asked.Answered<>(Asked.Done.DONE, 0);
        };
        return asked.answer().isPresent() ? List.of() : List.of(new CheckResult.Problem("", asked.trouble()));
    }

    /**
     * Lets no call in any more, waits for those inside, then closes what the slot holds.
     *
     * @return {@link Asked.Late} when callers would not leave; it is closed all the same
     */
    public Asked<Asked.Done> close(Slot<?> slot, Duration patience) throws InterruptedException {
        var start = System.nanoTime();
        var callee = slot.callee();
        var first = !callee.gate.isClosed();
        var left = callee.gate.close(patience);
        if (!first || !slot.isFilled()) return new Asked.Answered<>(Asked.Done.DONE, 0);
        var closed = calls.last(callee, done(() -> slot.target().close()));
        return left ? closed : new Asked.Late<>(System.nanoTime() - start);
    }

    /** Lets no call to the factory in any more and waits for those inside; says whether they have left. */
    public boolean close(Offer<?> offer, Duration patience) throws InterruptedException {
        return offer.callee().gate.close(patience);
    }

    // Filters

    /** Asks once for the stages; every later answer comes from memory. Empty when it could not say. */
    public Set<Stage> stages(Slot<Filter> slot) {
        var known = knownStages(slot);
        return known.isPresent() ? known.get() : askedStages(slot).orElse(Set.of());
    }

    private Asked<Set<Stage>> askedStages(Slot<Filter> slot) {
        var asked = calls.apart(slot.callee(), () -> Set.copyOf(slot.target().stages()));
        if (asked instanceof Asked.Answered<Set<Stage>>(var stages, var _)) slot.says(stages);
        return asked;
    }

    public Asked<Verdict> apply(Slot<Filter> slot, Message message, Facts facts, Stage stage) {
        return calls.computing(slot.callee(), () -> slot.target().apply(message, facts, stage));
    }

    public Asked<Integer> safeUntil(Slot<Filter> slot, String soFar, Facts facts) {
        return calls.computing(slot.callee(), () -> {
            var until = slot.target().safeUntil(soFar, facts);
            if (until < 0 || until > soFar.length()) throw new IllegalStateException("safe until " + until);
            return until;
        });
    }

    /** What the failure of a filter means where no admin has said so. */
    public Terms.WhenFailed whenFailed(Offer<?> offer) {
        if (offer.factory() instanceof UsualTerms usual) return usual.whenFailed();
        return offer.factory() instanceof FilterFactory factory
                        && calls.apart(offer.callee(), factory::safety).orElse(true)
                ? Terms.WhenFailed.HOLD
                : Terms.WhenFailed.PASS;
    }

    /** The setting of a filter that takes, a line each, what may be said although it would stop it. */
    public Optional<SettingSpec> allowed(Offer<?> offer) {
        if (!(offer.factory() instanceof FilterFactory factory)) return Optional.empty();
        return calls.apart(offer.callee(), factory::allowed)
                .answer()
                .flatMap(setting -> setting)
                .filter(setting -> setting.type() == SettingSpec.Type.LIST);
    }

    /** Where a filter wishes to stand among others that wish for something: smaller is earlier. */
    public Optional<Integer> order(Offer<?> offer) {
        return offer.factory() instanceof UsualTerms usual ? usual.order() : Optional.empty();
    }

    /** Returns the stages if it has said them; asks nobody. */
    @SuppressWarnings("unchecked")
    public Optional<Set<Stage>> knownStages(Slot<Filter> slot) {
        return slot.said() instanceof Set<?> stages ? Optional.of((Set<Stage>) stages) : Optional.empty();
    }

    /**
     * Asks later, on threads that no message needs.
     *
     * @param then gets the answer, unless the filter does not judge at this stage
     * @return whether it will be asked: not when too many wait
     */
    public boolean shadow(
            Slot<Filter> slot, Message message, Facts facts, Stage stage, Consumer<Optional<Asked<Verdict>>> then) {
        return shadows.compute(() -> {
            var stages = stages(slot);
            if (stages.isEmpty()) {
                then.accept(Optional.of(new Asked.Failed<>("does not say its stages", 0)));
            } else if (stages.contains(stage)) {
                then.accept(Optional.of(shadows.walk(() -> apply(slot, message, facts, stage))));
            } else {
                then.accept(Optional.empty());
            }
        });
    }

    /** Asks anything else that computes. */
    public <T> Asked<T> compute(Slot<?> slot, Supplier<T> question) {
        return calls.computing(slot.callee(), question::get);
    }

    // Responders

    /** Whether it answers from memory; no plugin's does. */
    public boolean isQuick(Slot<Responder> slot) {
        return slot.target() instanceof Quick;
    }

    public Asked<Response> respond(Slot<Responder> slot, Turn turn, AnswerSink sink) {
        try (var fence = new Fence()) {
            return calls.waiting(slot.callee(), () -> slot.target().respond(turn, fence.around(sink)));
        }
    }

    /**
     * Asks later, and shows nobody the answer; of one conversation's turns one at a time.
     *
     * @return whether it will be asked: not when too many are under way
     */
    public boolean shadow(Slot<Responder> slot, Turn turn, Consumer<Asked<Response>> then) {
        var alone = slot.instance() + '/' + turn.conversationId();
        return shadows.respond(alone, Carried.along(() -> then.accept(respond(slot, turn, _ -> {}))));
    }

    // Channels: what the hub asks

    /** Asks once; every later answer comes from memory. */
    public Asked<Abilities> abilities(Slot<Channel> slot) {
        if (slot.said() instanceof Abilities known) return new Asked.Answered<>(known, 0);
        var asked = calls.apart(slot.callee(), () -> slot.target().abilities());
        asked.answer().ifPresent(slot::says);
        return asked;
    }

    public Asked<Pulled> pull(Slot<Channel> slot, String source, String cursor) {
        return calls.waiting(slot.callee(), () -> slot.target().pull(source, cursor));
    }

    public Asked<Delivered> deliver(Slot<Channel> slot, Delivery delivery) {
        return calls.waiting(slot.callee(), () -> slot.target().deliver(delivery));
    }

    public Asked<Delivered> revise(Slot<Channel> slot, Draft draft) {
        return calls.waiting(slot.callee(), () -> slot.target().revise(draft));
    }

    /** Listens on the caller's thread for as long as the channel likes; interrupted when the slot is closed. */
    public Asked<Asked.Done> listen(Slot<Channel> slot) {
        return calls.staying(slot.callee(), done(() -> slot.target().listen()));
    }

    // Channels: what the outside brings

    public List<PublicPath> publicPaths(Offer<?> offer) {
        if (!(offer.factory() instanceof ChannelFactory factory)) return List.of();
        return calls.apart(offer.callee(), () -> List.copyOf(factory.publicPaths()))
                .orElse(List.of());
    }

    /** The paths at which an instance is reached from outside, with a place for its key. */
    public List<String> addresses(Offer<?> offer, Settings settings) {
        if (!(offer.factory() instanceof ChannelFactory factory)) return List.of();
        return calls.apart(offer.callee(), () -> List.copyOf(factory.addresses(settings)))
                .orElse(List.of());
    }

    public Asked<Receipt> receive(Slot<Channel> slot, WebRequest request) {
        return calls.here(slot.callee(), () -> slot.target().receive(request));
    }

    public Asked<WebReply> serve(Slot<Channel> slot, WebRequest request) {
        return calls.here(slot.callee(), () -> slot.target().serve(request));
    }

    /** Asks the factory, for a path that names no instance. */
    public Asked<WebReply> serve(Offer<?> offer, WebRequest request) {
        var factory = (ChannelFactory) offer.factory();
        return calls.here(offer.callee(), () -> factory.serve(request));
    }

    /**
     * Feeds an event stream on the caller's thread until either side ends it; interrupted when the slot is closed.
     *
     * @param sink throws {@link CallerGoneException} when the other side has gone, which is no failure
     */
    public Asked<Asked.Done> feed(Slot<Channel> slot, WebReply.EventSource source, WebReply.EventSink sink) {
        return calls.staying(slot.callee(), done(() -> {
            try {
                source.feed(sink);
            } catch (CallerGoneException _) {
                // how most streams end
            }
        }));
    }

    public Asked<Asked.Done> ended(Slot<Channel> slot, WebReply.EventSource source) {
        return calls.here(slot.callee(), done(source::ended));
    }

    public Asked<Upgrade> live(Slot<Channel> slot, WebRequest request) {
        return calls.here(slot.callee(), () -> slot.target().live(request));
    }

    public Asked<Asked.Done> onOpen(Slot<Channel> slot, SocketHandler handler, LiveSocket socket) {
        return calls.here(slot.callee(), done(() -> handler.onOpen(socket)));
    }

    public Asked<Asked.Done> onText(Slot<Channel> slot, SocketHandler handler, String text) {
        return calls.here(slot.callee(), done(() -> handler.onText(text)));
    }

    public Asked<Asked.Done> onBinary(Slot<Channel> slot, SocketHandler handler, byte[] bytes) {
        return calls.here(slot.callee(), done(() -> handler.onBinary(bytes)));
    }

    /** Asks the handler to give its socket up; an answer means that it will not be called again. */
    public Asked<Optional<String>> handOver(Slot<Channel> slot, SocketHandler handler) {
        return calls.here(slot.callee(), handler::handOver);
    }

    public Asked<Optional<SocketHandler>> takeOver(
            Slot<Channel> slot, LiveSocket socket, String subprotocol, String state) {
        return calls.here(slot.callee(), () -> slot.target().takeOver(socket, subprotocol, state));
    }

    public Asked<Asked.Done> onClose(Slot<Channel> slot, SocketHandler handler, int code) {
        return calls.here(slot.callee(), done(() -> handler.onClose(code)));
    }

    public Asked<Asked.Done> advanced(Slot<Channel> slot, Timeline.Follower follower, long lastSeq) {
        return calls.here(slot.callee(), done(() -> follower.advanced(lastSeq)));
    }

    public Asked<Asked.Done> typing(Slot<Channel> slot, Timeline.Follower follower, String agentName, boolean on) {
        return calls.here(slot.callee(), done(() -> follower.typing(agentName, on)));
    }

    public Asked<Asked.Done> draft(Slot<Channel> slot, Timeline.Follower follower, String answerId, String text) {
        return calls.here(slot.callee(), done(() -> follower.draft(answerId, text)));
    }

    public Asked<Asked.Done> working(Slot<Channel> slot, Timeline.Follower follower, Timeline.Work work) {
        return calls.here(slot.callee(), done(() -> follower.working(work)));
    }

    // Models, translators, directories

    public Asked<AiReply> reply(Slot<AiProvider> slot, AiRequest request, AiSink sink, Cancel cancel) {
        try (var fence = new Fence()) {
            return calls.waiting(slot.callee(), () -> slot.target().reply(request, fence.around(sink), cancel));
        }
    }

    public Asked<Embedding> embed(Slot<AiProvider> slot, String model, List<String> texts) {
        return calls.waiting(slot.callee(), () -> slot.target().embed(model, texts));
    }

    public Asked<Translation> translate(
            Slot<Translator> slot, List<String> texts, Language from, Language to, Map<String, String> glossary) {
        return calls.waiting(slot.callee(), () -> slot.target().translate(texts, from, to, glossary));
    }

    public Asked<Found> find(Slot<Directory> slot, Contact contact) {
        return calls.waiting(slot.callee(), () -> slot.target().find(contact));
    }

    /** Puts the door round a listener to a socket that the hub opened for the slot's instance. */
    public Http.SocketListener around(Slot<?> slot, Http.SocketListener listener) {
        return new GuardedListener(calls, slot.callee(), listener);
    }

    // Loading

    /** Runs the first code of a version that is being loaded, on a thread of its own. */
    public <T> Asked<T> load(PluginVersion plugin, Duration deadline, Callable<T> question) {
        return calls.apart(new Callee(plugin.id(), plugin, deadline), question::call);
    }

    /** Ends the threads of the door itself; slots are closed before. */
    @Override
    public void close() {
        shadows.close();
        rehearsals.close();
        calls.close();
    }

    private static Question<Asked.Done> done(Action action) {
        return () -> {
            action.run();
            return Asked.Done.DONE;
        };
    }

    private interface Action {
        void run() throws Exception;
    }
}
