package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Incoming;
import io.kefuhub.api.channel.Receipt;
import io.kefuhub.api.message.Part;
import io.kefuhub.api.web.WebReply;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is let in by a channel's webhook, and who is refused before anything that they say is read. */
public interface ReceivingContract extends ChannelUnderTest {
    @Test
    default void a_genuine_call_brings_its_message() {
        var channel = channel();
        webhook().ask(calls -> {
            var messages = messagesOf(channel, calls.genuine(now()));

            assertThat(messages).hasSize(1);
            assertThat(messages.getFirst().parts()).first().isInstanceOf(Part.Text.class);
        });
    }

    /** Asked of every channel: one without a webhook refuses whoever calls. */
    @Test
    default void an_unsigned_call_is_refused() {
        var channel = channel();
        webhook().ask(calls -> mustRefuse(channel, Tampering.unsigned(calls.genuine(now()), calls.proof())));
        questions(channel).refusesUnsigned();
    }

    @Test
    default void a_tampered_call_is_refused() {
        var channel = channel();
        webhook().ask(calls -> {
            for (var call : Tampering.everyWay(calls.genuine(now()), calls.proof())) mustRefuse(channel, call);
        });
    }

    /** Whoever reads first and verifies then stumbles over one of these, or does what it says. */
    @Test
    default void a_call_that_is_not_genuine_is_refused_whatever_it_holds() {
        var channel = channel();
        webhook().ask(calls -> {
            for (var body : Tampering.hostileBodies()) {
                mustRefuse(channel, calls.genuine(now()).withBody(body));
            }
        });
        questions(channel).refusesHostile();
    }

    @Test
    default void a_stale_call_is_refused() {
        var channel = channel();
        webhook()
                .ask(calls -> calls.staleAfter().ask(limit -> {
                    mustRefuse(channel, calls.genuine(now().minus(limit).minusSeconds(1)));
                    mustRefuse(channel, calls.genuine(now().plus(limit).plusSeconds(1)));
                }));
    }

    /** Platforms repeat a call that they think was lost, so a repeat may be taken, but as the same message. */
    @Test
    default void a_replayed_call_is_refused_or_brings_the_same_message_again() {
        var channel = channel();
        webhook().ask(calls -> {
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
        webhook().ask(calls -> calls.plaintext(now()).ask(call -> mustRefuse(channel, call)));
    }

    @Test
    default void what_is_rightly_signed_for_another_receiver_is_refused() {
        var channel = channel();
        webhook().ask(calls -> calls.forAnother(now()).ask(call -> mustRefuse(channel, call)));
    }

    @Test
    default void an_unknown_type_of_message_is_kept_as_unsupported() {
        var channel = channel();
        webhook()
                .ask(calls -> assertThat(messagesOf(channel, calls.unknownType(now())))
                        .singleElement()
                        .satisfies(message ->
                                assertThat(message.parts()).hasAtLeastOneElementOfType(Part.Unsupported.class)));
    }

    @Test
    default void a_refusal_says_nothing_of_the_call_that_was_refused() {
        questions(channel()).saysNothingOfRefused();
    }

    private ChannelQuestions questions(Channel channel) {
        return new ChannelQuestions(channel, () -> factory().publicPaths(), factory()::serve);
    }

    private Instant now() {
        return context().clock().instant();
    }

    /** Refused, and nothing has come of it. */
    private void mustRefuse(Channel channel, Requests call) {
        var kept = context().store().contents();
        assertThat(channel.receive(call.call())).as("%s", call).isInstanceOf(Receipt.Refused.class);
        assertThat(context().store().contents()).as("kept because of %s", call).isEqualTo(kept);
        assertThat(context().conversations().incoming()).isEmpty();
    }

    private static List<Incoming> messagesOf(Channel channel, Requests call) {
        return switch (channel.receive(call.call())) {
            case Receipt.Accepted(var messages, var reply) -> {
                mustBeSane(reply);
                yield messages;
            }
            case Receipt.Nudged(var source, var reply) -> {
                mustBeSane(reply);
                yield channel.pull(source, "").messages();
            }
            case Receipt.Answered _ -> throw new AssertionError("answered, and brought no message");
            case Receipt.Refused(var reason) -> throw new AssertionError("a genuine call was refused: " + reason);
        };
    }

    private static void mustBeSane(WebReply reply) {
        assertThat(reply.status()).isBetween(200, 499);
    }
}
