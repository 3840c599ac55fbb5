package io.kefuhub.api.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.kefuhub.api.CheckResult;
import io.kefuhub.api.channel.Abilities.DeliveryKind;
import io.kefuhub.api.channel.Channel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What every channel must do, whoever wrote it and however its platform works: who is let in, what becomes of what customers
 * say, what becomes of replies, and its end. Implement it in your plugin's tests.
 *
 * <p>Nothing is left out. You play the customers and the platform; what your kind of channel has not is answered with
 * {@link Applicable#notBecause}, and the reason is part of your tests.
 */
public interface ChannelContract extends ReceivingContract, ArrivingContract, DeliveringContract {
    @Test
    default void finds_its_own_settings_fine() {
        assertThat(channel().check()).isEqualTo(new CheckResult.Fine());
    }

    @Test
    default void says_the_same_of_its_abilities_and_paths_every_time() {
        var channel = channel();

        questions(channel).sameAbilities();
        assertThat(platform().found().isPresent()).isEqualTo(channel.abilities().delivery() == DeliveryKind.PUSHED);
    }

    @Test
    default void has_a_reply_to_whatever_is_asked_on_its_paths() {
        questions(channel()).repliesToAll();
    }

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

    private ChannelQuestions questions(Channel channel) {
        return new ChannelQuestions(channel, () -> factory().publicPaths(), factory()::serve);
    }
}
