package io.kefuhub.api.kit;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** How a platform calls the webhook of the channel under test; written by the channel's author. */
public interface WebhookCalls {
    /**
     * A call as the platform makes it, with one text message in it (or the news that there is one to pull).
     *
     * @param at when the platform signs it
     */
    Requests genuine(Instant at);

    /** The same call with a message of a type that the channel has never heard of. */
    Requests unknownType(Instant at);

    /** The names of the query parameters and headers that prove a call genuine; without them it is unsigned. */
    Set<String> proof();

    /** How old a call may be, where the platform signs its time. */
    Applicable<Duration> staleAfter();

    /** The genuine call with its content in the open, where the platform encrypts it. */
    Applicable<Requests> plaintext(Instant at);

    /** A call that is signed as it should be, but meant for another receiver: another company, another app. */
    Applicable<Requests> forAnother(Instant at);
}
