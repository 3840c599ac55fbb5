package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.message.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of what customers say, over bursts, repeats and restarts: it is there once, whole, and in its order. */
public interface ArrivingContract extends ChannelUnderTest {
    /** More than one page of what is pulled, and an even number. */
    int BURST = 60;

    /** A restart loses the answers to so many of the calls before it, and these are made again. */
    int UNANSWERED = 5;

    /** When a platform that got no answer tells of a message again, counted from the first time. */
    List<Duration> LADDER = List.of(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofMinutes(5),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofHours(7),
            Duration.ofHours(8));

    @Test
    default void a_burst_comes_once_and_in_order_though_the_hub_is_restarted_in_its_middle() {
        try (var hub = hub()) {
            tell(hub, 0, BURST / 2);
            hub.pullAndLose();
            hub.restart();
            var more = hub.pullAndForget();
            if (customers().way() == Customers.Way.PULLED) {
                assertThat(more)
                        .as("%s messages take more than one page", BURST / 2)
                        .isTrue();
            }

            hub.restart();
            tell(hub, BURST / 2 - UNANSWERED, BURST);
            hub.pullAll();

            assertThat(words()).isEqualTo(texts("anna", BURST));
        }
    }

    private void tell(Serving hub, int from, int to) {
        for (var i = from; i < to; i++) mustTell(hub, "anna", i);
    }

    private void mustTell(Serving hub, String customer, int number) {
        assertThat(customers().write(hub, customer, customer + number, text(customer, number)))
                .as("%s's message %s counts as told", customer, number)
                .isTrue();
    }

    @Test
    default void a_message_that_is_told_again_for_eight_hours_over_restarts_is_there_once() {
        try (var hub = hub()) {
            var begun = context().clock().instant();
            mustTell(hub, "anna", 0);
            hub.pullAll();

            for (var after : LADDER) {
                hub.restart();
                context().clock().moveTo(begun.plus(after));
                mustTell(hub, "anna", 0);
                hub.pullAll();
            }
            mustTell(hub, "anna", 1);
            hub.pullAll();

            assertThat(words()).isEqualTo(texts("anna", 2));
        }
    }

    @Test
    default void what_each_of_many_customers_writes_at_once_stays_in_its_order() {
        try (var hub = hub()) {
            var next = new AtomicInteger();
            AtOnce.ask(4, () -> {
                var customer = "customer" + next.incrementAndGet();
                for (var i = 0; i < 10; i++) mustTell(hub, customer, i);
                return customer;
            });
            hub.pullAll();

            var threads = incoming().stream().map(Incoming::thread).distinct().toList();
            assertThat(threads).hasSize(4);
            var conversations = threads.stream().map(this::wordsOf).toList();
            assertThat(conversations)
                    .containsExactlyInAnyOrder(
                            texts("customer1", 10),
                            texts("customer2", 10),
                            texts("customer3", 10),
                            texts("customer4", 10));
        }
    }

    @Test
    default void the_largest_file_that_a_customer_sends_comes_whole_through_little_memory() {
        customers().files().ask(files -> {
            try (var hub = hub()) {
                var file = new LargeFile(files.largest());

                assertThat(files.write(hub, "anna", "file1", file)).isTrue();
                hub.await("the file has not come", () -> !incoming().isEmpty());

                assertThat(incoming().getFirst().parts())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Part.Media.class,
                                media -> assertThat(media.file().size()).isEqualTo(file.size()));
                file.mustHaveTakenLittleMemory();
            }
        });
    }

    private List<Incoming> incoming() {
        return context().conversations().incoming();
    }

    private List<String> words() {
        return words(incoming());
    }

    private List<String> wordsOf(String thread) {
        return words(incoming().stream()
                .filter(message -> message.thread().equals(thread))
                .toList());
    }

    private static List<String> words(List<Incoming> messages) {
        var words = new ArrayList<String>();
        for (var message : messages) {
            for (var part : message.parts()) if (part instanceof Part.Text(var text)) words.add(text);
        }
        return words;
    }

    private static List<String> texts(String customer, int count) {
        return IntStream.range(0, count).mapToObj(i -> text(customer, i)).toList();
    }

    private static String text(String customer, int number) {
        return "message " + number + " of " + customer;
    }
}
