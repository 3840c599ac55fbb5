package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Abilities.Repeats;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What becomes of replies: the customer sees each once, in order, whatever the platform has against it meanwhile. */
public interface DeliveringContract extends ChannelUnderTest {
    /** The thread that most deliveries go to. */
    String THREAD = "thread-1";

    /** So many are under way at once when a token is revoked. */
    int MANY = 32;

    /** Asked of every channel: one whose customers read the timeline has to bear a delivery. */
    @Test
    default void a_reply_arrives_and_every_kind_of_part_is_borne() {
        var channel = channel();
        var parts = new ArrayList<Part>();
        Messages.odd().forEach(message -> parts.addAll(message.parts()));

        for (var part : parts) {
            assertThat(channel.deliver(delivery("d_" + parts.indexOf(part), THREAD, part, 1)))
                    .as("%s", part)
                    .isNotNull();
        }
        platform().ask(platform -> {
            assertThat(channel.deliver(says("d_last", "the last of all"))).isInstanceOf(Delivered.Done.class);
            assertThat(platform.shown(THREAD).getLast()).contains("the last of all");
        });
    }

    @Test
    default void choices_can_be_read_where_there_are_no_buttons() {
        var channel = channel();
        platform().ask(platform -> {
            var menu = new Part.Menu("Which one?", List.of(option("1", "Returns"), option("2", "Shipping")));
            channel.deliver(delivery("d_1", THREAD, menu, 1));
            assertThat(String.join("\n", platform.shown(THREAD))).contains("Which one?", "Returns", "Shipping");
        });
    }

    @Test
    default void a_reply_whose_outcome_is_unknown_is_shown_once() {
        var channel = channel();
        platform().ask(platform -> {
            platform.loseNextAnswer();
            var first = channel.deliver(says("d_1", "once"));
            assertThat(first).isInstanceOf(Delivered.Unknown.class);
            if (first instanceof Delivered.Unknown(var _, var safeToRepeat) && safeToRepeat) {
                assertThat(channel.deliver(says("d_1", "once"))).isInstanceOf(Delivered.Done.class);
            }
            assertThat(platform.shown(THREAD)).hasSize(1);
        });
    }

    /** The hub repeats whatever threw or was late on the word of the channel's abilities. */
    @Test
    default void a_reply_that_is_handed_over_twice_is_shown_once_where_the_platform_is_said_to_recognise_repeats() {
        var channel = channel();
        if (channel.abilities().repeats() == Repeats.NOT_RECOGNISED) return;
        platform().ask(platform -> {
            channel.deliver(says("d_1", "once"));
            channel.deliver(says("d_1", "once"));
            assertThat(platform.shown(THREAD)).hasSize(1);
        });
    }

    @Test
    default void a_token_that_is_revoked_under_load_is_fetched_once_and_each_reply_is_shown_once() {
        var channel = channel();
        platform()
                .ask(platform -> platform.tokens().ask(tokens -> {
                    assertThat(channel.deliver(says("d_first", "before"))).isInstanceOf(Delivered.Done.class);
                    var fetched = tokens.fetched();
                    tokens.revoke();

                    var next = new AtomicInteger();
                    var together = new CyclicBarrier(MANY);
                    var threads = AtOnce.ask(MANY, () -> {
                        var thread = "thread-" + (100 + next.incrementAndGet());
                        together.await();
                        mustHandOver(channel, "d_" + thread, thread, new Part.Text("for " + thread));
                        return thread;
                    });

                    assertThat(tokens.fetched() - fetched).as("tokens fetched").isEqualTo(1);
                    for (var thread : threads)
                        assertThat(platform.shown(thread)).containsExactly("for " + thread);
                }));
    }

    @Test
    default void what_is_too_much_for_the_platform_waits_and_is_shown_once_and_in_order() {
        var channel = channel();
        platform()
                .ask(platform -> platform.limit().ask(limit -> {
                    limit.refuseNext();

                    assertThat(channel.deliver(says("d_1", "one")))
                            .isInstanceOfSatisfying(
                                    Delivered.RetryLater.class,
                                    later -> assertThat(later.pause())
                                            .isBetween(Duration.ofMillis(1), Duration.ofHours(1)));
                    assertThat(platform.shown(THREAD)).isEmpty();
                    for (var word : List.of("one", "two", "three")) {
                        mustHandOver(channel, word.equals("one") ? "d_1" : "d_" + word, THREAD, new Part.Text(word));
                    }

                    assertThat(platform.shown(THREAD)).containsExactly("one", "two", "three");
                }));
    }

    @Test
    default void the_largest_file_is_sent_whole_through_little_memory() {
        var channel = channel();
        platform()
                .ask(platform -> platform.files().ask(files -> {
                    var file = new LargeFile(files.largest());
                    var kept = context().files().put(file);
                    var before = files.brought();

                    mustHandOver(channel, "d_1", THREAD, new Part.Media(Part.Media.Kind.FILE, kept));

                    assertThat(files.brought() - before).isGreaterThanOrEqualTo(file.size());
                    file.mustHaveTakenLittleMemory();
                }));
    }

    /** Hands over as the hub does: again when the pause is over that the channel asks for, until the platform has it. */
    private void mustHandOver(Channel channel, String id, String thread, Part part) {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        for (var attempt = 1; System.nanoTime() < end; attempt++) {
            switch (channel.deliver(delivery(id, thread, part, attempt))) {
                case Delivered.Done _ -> {
                    return;
                }
                case Delivered.RetryLater(var pause, var _) -> pass(pause);
                case Delivered.Unknown(var _, var safeToRepeat) when safeToRepeat -> pass(Duration.ofSeconds(1));
                case Delivered other -> throw new AssertionError("not handed over: " + other);
            }
        }
        throw new AssertionError("the platform does not get it");
    }

    /** By the hub's clock at once; who looks at another is asked until that has come as far. */
    private void pass(Duration pause) {
        context().clock().move(pause);
        LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }

    private static Delivery says(String id, String text) {
        return delivery(id, THREAD, new Part.Text(text), 1);
    }

    private static Delivery delivery(String id, String thread, Part part, int attempt) {
        return new Delivery(id, thread, "", new Author.Bot(), List.of(part), attempt, FakeClock.START);
    }

    private static Part.Menu.Option option(String id, String text) {
        return new Part.Menu.Option(id, text);
    }
}
