package io.kefuhub.core.intake;

import io.kefuhub.api.channel.Abilities;
import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.Delivered;
import io.kefuhub.api.channel.Delivery;

/** A channel that does nothing, for what is about its slot. */
record SilentChannel() implements Channel {
    @Override
    public Abilities abilities() {
        return Abilities.pushed(100);
    }

    @Override
    public Delivered deliver(Delivery delivery) {
        return new Delivered.Done("");
    }
}
