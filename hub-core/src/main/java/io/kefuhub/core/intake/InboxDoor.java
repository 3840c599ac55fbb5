package io.kefuhub.core.intake;

import io.kefuhub.api.Language;
import io.kefuhub.api.Localized;
import io.kefuhub.api.UnavailableException;
import io.kefuhub.api.channel.ByColleague;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.Assignee;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.Mode;
import io.kefuhub.core.conversation.Page;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.conversation.Speaker;
import io.kefuhub.core.conversation.Step;
import io.kefuhub.core.database.DatabaseAwayException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Where one generation of a channel brings what comes in; closed to late calls once that generation has ended.
 *
 * <p>Whoever brings something is kept waiting for a part of a question's deadline only, though what was brought may be
 * written much later: the channel has somebody waiting too.
 */
final class InboxDoor implements Inbox {
    private static final int LONGEST_RATING = 2_000;

    private final ChannelInstance channel;
    private final Language deskLanguage;
    private final Intake intake;
    private final Journal journal;
    private final Threads threads;
    private final Topic<Presence> presences;
    private final BiConsumer<String, Delivered> receipts;
    private final Duration patience;
    private final OwnLine line;
    private final Consumer<String> nudges;
    private final BooleanSupplier ended;

    /**
     * @param patience how long a caller is kept waiting for the database
     */
    InboxDoor(
            ChannelInstance channel,
            Language deskLanguage,
            Intake intake,
            Journal journal,
            Threads threads,
            Topic<Presence> presences,
            BiConsumer<String, Delivered> receipts,
            Duration patience,
            OwnLine line,
            Consumer<String> nudges,
            BooleanSupplier ended) {
        this.channel = channel;
        this.deskLanguage = deskLanguage;
        this.intake = intake;
        this.journal = journal;
        this.threads = threads;
        this.presences = presences;
        this.receipts = receipts;
        this.patience = patience;
        this.line = line;
        this.nudges = nudges;
        this.ended = ended;
    }

    @Override
    public Accepted accept(Incoming incoming) {
        if (ended.getAsBoolean()) return new Accepted.NotStored("this version of the channel has ended", true);
        try {
            return await(intake.accept(channel, deskLanguage, incoming));
        } catch (DatabaseAwayException e) {
            return new Accepted.NotStored("the hub cannot store now", true);
        }
    }

    @Override
    public Accepted said(ByColleague message) {
        if (ended.getAsBoolean()) return new Accepted.NotStored("this version of the channel has ended", true);
        try {
            return await(intake.overheard(channel, deskLanguage, message));
        } catch (DatabaseAwayException e) {
            return new Accepted.NotStored("the hub cannot store now", true);
        }
    }

    @Override
    public void colleagueLeft(String thread) {
        mustServe();
        change(thread, page -> {
            if (page.mode() != Mode.AGENT) return;
            if (page.assignee().filter(Assignee::isElsewhere).isEmpty()) return;
            page.enter(Mode.BOT, Optional.empty());
            page.answerWaiting();
        });
    }

    @Override
    public void takenBack(String externalId, Instant at) {
        mustServe();
        await(intake.takenBack(channel, named(externalId), at));
    }

    @Override
    public void edited(String externalId, List<Part> parts, Instant at) {
        if (parts.isEmpty()) throw new IllegalArgumentException("a message without parts");
        mustServe();
        await(intake.edited(channel, named(externalId), List.copyOf(parts), at));
    }

    /** What is not stored must not be taken for done. */
    private void mustServe() {
        if (ended.getAsBoolean()) throw new UnavailableException("this version of the channel has ended");
    }

    private static String named(String externalId) {
        if (externalId.isEmpty() || externalId.length() > 200) throw new IllegalArgumentException("externalId");
        return externalId;
    }

    @Override
    public void listening() {
        if (!ended.getAsBoolean()) line.isUp();
    }

    @Override
    public void refused(String setting, Localized reason) {
        if (!ended.getAsBoolean()) line.isRefused(setting, reason);
    }

    @Override
    public void nudged(String source) {
        if (!ended.getAsBoolean()) nudges.accept(source);
    }

    @Override
    public void typing(String thread, boolean on) {
        if (ended.getAsBoolean()) return;
        threads.id(channel.id(), thread).ifPresent(id -> presences.publish(new Presence.CustomerTyping(id, on)));
    }

    @Override
    public void read(String thread, long upTo) {
        change(thread, page -> page.readByCustomer(upTo));
    }

    @Override
    public void receipt(String deliveryId, Delivered outcome) {
        if (!ended.getAsBoolean()) receipts.accept(deliveryId, outcome);
    }

    @Override
    public void rating(String thread, int score, String text) {
        var words = judged(score, text);
        change(thread, page -> page.rate(Optional.empty(), score, words));
    }

    @Override
    public boolean rating(String thread, String messageId, int score, String text) {
        var words = judged(score, text);
        if (ended.getAsBoolean()) return false;
        var about = Intake.messageId(messageId);
        var id = threads.id(channel.id(), thread);
        return id.isPresent()
                && await(journal.write(id.get(), about, Step.of(page -> {
                            var told = page.seen(about)
                                    .filter(message -> message.speaker().kind() != Speaker.Kind.CUSTOMER);
                            told.ifPresent(message -> page.rate(Optional.of(message.id()), score, words));
                            return told.isPresent();
                        })))
                        .result();
    }

    private static String judged(int score, String text) {
        if (score < 1 || score > 5) throw new IllegalArgumentException("a score runs from 1 to 5");
        return text.length() > LONGEST_RATING ? text.substring(0, LONGEST_RATING) : text;
    }

    private void change(String thread, Consumer<Page> change) {
        if (ended.getAsBoolean()) return;
        threads.id(channel.id(), thread)
                .ifPresent(id -> await(journal.write(id, Step.of(page -> {
                    change.accept(page);
                    return true;
                }))));
    }

    private <R> R await(CompletableFuture<R> written) {
        try {
            return written.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new DatabaseAwayException("The database takes too long.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseAwayException("Interrupted while waiting for the database.", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
