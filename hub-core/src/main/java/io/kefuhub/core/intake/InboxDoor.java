package io.kefuhub.core.intake;

import io.kefuhub.api.Language;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Inbox;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.core.cluster.Topic;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.Journal;
import io.kefuhub.core.conversation.Page;
import io.kefuhub.core.conversation.Presence;
import io.kefuhub.core.conversation.Step;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Where one generation of a channel brings what comes in; closed to late calls once that generation has ended. */
final class InboxDoor implements Inbox {
    private static final int LONGEST_RATING = 2_000;

    private final ChannelInstance channel;
    private final Language deskLanguage;
    private final Intake intake;
    private final Journal journal;
    private final Threads threads;
    private final Topic<Presence> presences;
    private final BiConsumer<String, Delivered> receipts;
    private final BooleanSupplier ended;

    InboxDoor(
            ChannelInstance channel,
            Language deskLanguage,
            Intake intake,
            Journal journal,
            Threads threads,
            Topic<Presence> presences,
            BiConsumer<String, Delivered> receipts,
            BooleanSupplier ended) {
        this.channel = channel;
        this.deskLanguage = deskLanguage;
        this.intake = intake;
        this.journal = journal;
        this.threads = threads;
        this.presences = presences;
        this.receipts = receipts;
        this.ended = ended;
    }

    @Override
    public Accepted accept(Incoming incoming) {
        if (ended.getAsBoolean()) return new Accepted.NotStored("this version of the channel has ended", true);
        return intake.accept(channel, deskLanguage, incoming).join();
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
        if (score < 1 || score > 5) throw new IllegalArgumentException("a score runs from 1 to 5");
        var words = text.length() > LONGEST_RATING ? text.substring(0, LONGEST_RATING) : text;
        change(thread, page -> page.rate(score, words));
    }

    private void change(String thread, Consumer<Page> change) {
        if (ended.getAsBoolean()) return;
        threads.id(channel.id(), thread)
                .ifPresent(id -> journal.write(id, Step.of(page -> {
                            change.accept(page);
                            return true;
                        }))
                        .join());
    }
}
