package io.kefuhub.api.kit;

import io.kefuhub.api.ChannelFactory;
import io.kefuhub.api.Settings;
import io.kefuhub.api.channel.Channel;

/** The channel that is asked, and the other sides of it that its author plays. */
public interface ChannelUnderTest extends FactoryContract {
    @Override
    ChannelFactory factory();

    /** One field of the test class: what it holds outlives the channels that are made with it. */
    FakeChannelContext context();

    /** How the platform calls. */
    Applicable<WebhookCalls> webhook();

    /** Who writes to the hub by way of this channel. */
    Customers customers();

    /** Where replies are sent to; not applicable to a channel whose customers read the timeline. */
    Applicable<FakePlatform> platform();

    @Override
    default Channel create(Settings settings) {
        return factory().create(settings, context());
    }

    default Channel channel() {
        return create(Settings.of(values()));
    }

    /** A hub that serves a new channel; closed by whoever asks. */
    default Serving hub() {
        return new Serving(this);
    }
}
