package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.CheckResult;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Abilities.DeliveryKind;
import io.kefuhub.api.channel.Abilities.Repeats;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.message.Author;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.web.WebReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every channel must do, whoever wrote it. Implement it in your plugin's tests; {@link #context} is one field of the
 * test class.
 *
 * <p>Nothing is left out: a channel without a webhook must refuse every call of one, a channel whose customers read the
 * timeline must bear a delivery.
 */
public interface ChannelContract extends FactoryContract {
    @Override
    ChannelFactory factory();

    FakeChannelContext context();

    /** How the platform calls; empty for a channel that has no webhook. */
    Optional<WebhookCalls> webhook();

    /** Where deliveries arrive; empty for a channel whose customers read the timeline. */
    Optional<FakePlatform> platform();

    @Override
    default Channel create(Settings settings) {
        return factory().create(settings, context());
    }

    default Channel channel() {
        return create(Settings.of(values()));
    }

    @Test
    default void finds_its_own_settings_fine() {
        assertThat(channel().check()).isEqualTo(new CheckResult.Fine());
    }

    @Test
    default void says_the_same_of_its_abilities_and_paths_every_time() {
        var channel = channel();

        questions(channel).sameAbilities();
        assertThat(platform().isPresent()).isEqualTo(channel.abilities().delivery() == DeliveryKind.PUSHED);
    }

    // What the webhook brings

    @Test
    default void a_genuine_call_brings_its_message() {
        var channel = channel();
        if (webhook().isEmpty()) {
            assertRefused(channel, Requests.post("/webhooks/x", "{}"));
            return;
        }

        var messages = messagesOf(channel, webhook().get().genuine(now()));

        assertThat(messages).hasSize(1);
        assertThat(messages.getFirst().parts()).first().isInstanceOf(Part.Text.class);
    }

    @Test
    default void an_unsigned_call_is_refused() {
        var channel = channel();
        webhook().ifPresent(calls -> assertRefused(channel, Tampering.unsigned(calls.genuine(now()), calls.proof())));
        questions(channel).refusesUnsigned();
    }

    @Test
    default void a_tampered_call_is_refused() {
        var channel = channel();
        webhook().ifPresent(calls -> {
            for (var call : Tampering.everyWay(calls.genuine(now()), calls.proof())) assertRefused(channel, call);
        });
    }

    @Test
    default void a_stale_call_is_refused() {
        var channel = channel();
        webhook()
                .ifPresent(calls -> calls.staleAfter().ifPresent(limit -> {
                    assertRefused(channel, calls.genuine(now().minus(limit).minusSeconds(1)));
                    assertRefused(channel, calls.genuine(now().plus(limit).plusSeconds(1)));
                }));
    }

    /** Platforms repeat a call that they think was lost, so a repeat may be taken, but as the same message. */
    @Test
    default void a_replayed_call_is_refused_or_brings_the_same_message_again() {
        var channel = channel();
        webhook().ifPresent(calls -> {
            var call = calls.genuine(now());
            var first = messagesOf(channel, call);
            if (channel.receive(call.call()) instanceof Receipt.Refused) return;
            assertThat(messagesOf(channel, call))
                    .extracting(Incoming::externalId)
                    .isEqualTo(first.stream().map(Incoming::externalId).toList());
        });
    }

    @Test
    default void plaintext_where_the_platform_encrypts_is_refused() {
        var channel = channel();
        webhook().flatMap(calls -> calls.plaintext(now())).ifPresent(call -> assertRefused(channel, call));
    }

    @Test
    default void an_unknown_type_of_message_is_kept_as_unsupported() {
        var channel = channel();
        webhook()
                .ifPresent(calls -> assertThat(messagesOf(channel, calls.unknownType(now())))
                        .singleElement()
                        .satisfies(message ->
                                assertThat(message.parts()).hasAtLeastOneElementOfType(Part.Unsupported.class)));
    }

    @Test
    default void a_refusal_says_nothing_of_the_call_that_was_refused() {
        questions(channel()).saysNothingOfRefused();
    }

    // What it serves

    @Test
    default void has_a_reply_to_whatever_is_asked_on_its_paths() {
        questions(channel()).repliesToAll();
    }

    // What it hands over

    @Test
    default void a_reply_arrives_and_every_kind_of_part_is_borne() {
        var channel = channel();
        var parts = new ArrayList<Part>();
        Messages.odd().forEach(message -> parts.addAll(message.parts()));

        for (var part : parts) {
            assertThat(channel.deliver(delivery("d_" + parts.indexOf(part), List.of(part))))
                    .as("%s", part)
                    .isNotNull();
        }
        platform().ifPresent(platform -> {
            assertThat(channel.deliver(delivery("d_last", List.of(new Part.Text("the last of all")))))
                    .isInstanceOf(Delivered.Done.class);
            assertThat(platform.shown(THREAD).getLast()).contains("the last of all");
        });
    }

    @Test
    default void choices_can_be_read_where_there_are_no_buttons() {
        var channel = channel();
        platform().ifPresent(platform -> {
            var menu = new Part.Menu("Which one?", List.of(option("1", "Returns"), option("2", "Shipping")));
            channel.deliver(delivery("d_1", List.of(menu)));
            assertThat(String.join("\n", platform.shown(THREAD))).contains("Which one?", "Returns", "Shipping");
        });
    }

    @Test
    default void a_reply_whose_outcome_is_unknown_is_shown_once() {
        var channel = channel();
        platform().ifPresent(platform -> {
            platform.loseNextAnswer();
            var first = channel.deliver(delivery("d_1", List.of(new Part.Text("once"))));
            assertThat(first).isInstanceOf(Delivered.Unknown.class);
            if (first instanceof Delivered.Unknown(var _, var safeToRepeat) && safeToRepeat) {
                assertThat(channel.deliver(delivery("d_1", List.of(new Part.Text("once")))))
                        .isInstanceOf(Delivered.Done.class);
            }
            assertThat(platform.shown(THREAD)).hasSize(1);
        });
    }

    /** The hub repeats whatever threw or was late on the word of the channel's abilities. */
    @Test
    default void a_reply_that_is_handed_over_twice_is_shown_once_where_the_platform_is_said_to_recognise_repeats() {
        var channel = channel();
        if (channel.abilities().repeats() == Repeats.NOT_RECOGNISED) return;
        platform().ifPresent(platform -> {
            channel.deliver(delivery("d_1", List.of(new Part.Text("once"))));
            channel.deliver(delivery("d_1", List.of(new Part.Text("once"))));
            assertThat(platform.shown(THREAD)).hasSize(1);
        });
    }

    // Its end

    @Test
    default void listening_ends_when_it_is_interrupted() throws InterruptedException {
        var channel = channel();
        var listener = Thread.ofVirtual().start(channel::listen);

        listener.interrupt();

        assertThat(listener.join(Duration.ofSeconds(5))).as("ended").isTrue();
    }

    @Test
    default void closes_and_leaves_no_thread_behind() {
        var channel = channel();

        channel.close();

        assertThatCode(() -> context().close()).doesNotThrowAnyException();
        assertThat(context().tasks().underWay()).isZero();
    }

    /** The thread that deliveries go to. */
    String THREAD = "thread-1";

    private ChannelQuestions questions(Channel channel) {
        return new ChannelQuestions(channel, () -> factory().publicPaths(), factory()::serve);
    }

    private static Delivery delivery(String id, List<Part> parts) {
        return new Delivery(id, THREAD, "", new Author.Bot(), parts, 1, FakeClock.START);
    }

    private static Part.Menu.Option option(String id, String text) {
        return new Part.Menu.Option(id, text);
    }

    private java.time.Instant now() {
        return context().clock().instant();
    }

    private static List<Incoming> messagesOf(Channel channel, Requests call) {
        return switch (channel.receive(call.call())) {
            case Receipt.Accepted(var messages, var reply) -> {
                assertSane(reply);
                yield messages;
            }
            case Receipt.Nudged(var source, var reply) -> {
                assertSane(reply);
                yield channel.pull(source, "").messages();
            }
            case Receipt.Answered _ -> throw new AssertionError("answered, and brought no message");
            case Receipt.Refused(var reason) -> throw new AssertionError("a genuine call was refused: " + reason);
        };
    }

    private static void assertRefused(Channel channel, Requests call) {
        assertThat(channel.receive(call.call())).as("%s", call).isInstanceOf(Receipt.Refused.class);
    }

    private static void assertSane(WebReply reply) {
        assertThat(reply.status()).isBetween(200, 499);
    }
}
