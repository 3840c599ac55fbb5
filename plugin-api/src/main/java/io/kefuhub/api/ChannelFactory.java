package io.kefuhub.api;

import io.kefuhub.api.channel.Channel;
import io.kefuhub.api.channel.ChannelContext;
import io.kefuhub.api.web.PublicPath;
import io.kefuhub.api.web.WebReply;
import io.kefuhub.api.web.WebRequest;
import java.util.List;

/** Makes channels from an admin's settings. */
public non-sealed interface ChannelFactory extends Contribution {
    /**
     * Makes one instance; reads the settings, opens nothing.
     *
     * <p>Called from a thread of the hub within 5 seconds, never twice at once for one instance.
     *
     * @param settings the instance's settings, not yet checked
     * @param context what the hub lends this instance until it is closed
     * @return the instance, ready to be asked
     * @throws SettingsException when a setting is missing or wrong
     */
    Channel create(Settings settings, ChannelContext context);

    /** Names the public paths whose calls and sockets the hub hands to this channel; the same answer every time. */
    default List<PublicPath> publicPaths() {
        return List.of();
    }

    /**
     * Says at which paths of the hub an instance with these settings is reached from outside, for an admin to paste on the
     * other side; {@code {key}} stands for the key of the instance. Unless it says otherwise that is where platforms call; one
     * that keeps a connection of its own is reached at none.
     *
     * @param settings as they are in the form, not yet checked: a wrong one is no reason to throw
     */
    default List<String> addresses(Settings settings) {
        return List.of("/webhooks/{key}");
    }

    /**
     * Answers a call on a public path that names no instance, such as a script every site loads.
     *
     * <p>Called from many threads at once; answer from memory.
     */
    default WebReply serve(WebRequest request) {
        return WebReply.notFound();
    }
}
