package io.kefuhub.api.kit;

/** What customers do on the platform of the channel under test; played by the channel's author. Safe for threads. */
public interface Customers {
    /** How it comes to the hub. */
    enum Way {
        /** The platform calls, and its calls bring the messages. */
        CALLED,
        /** The platform calls to say that something waits, and that is pulled, page by page. */
        PULLED,
        /** Over a connection that the channel opens to the platform. */
        CONNECTED,
        /** Customers ask on the factory's public paths themselves. */
        VISITED
    }

    Way way();

    /**
     * A customer writes, and the hub is told of it. The same id once more is the same message told once more, as when the
     * answer to the first telling was lost.
     *
     * @param hub to tell: with {@link Serving#call} where the platform calls
     * @param customer tells one customer from another
     * @param id the platform's name for the message
     * @return whether it counts as told; what does not would be told again
     */
    boolean write(Serving hub, String customer, String id, String text);

    /** What customers send besides words. */
    Applicable<Sent> files();

    /** Files that customers send. */
    interface Sent {
        /** The size of the largest that the channel lets in, in bytes. */
        long largest();

        /** A customer sends a file; it may come to the hub later than this returns. */
        boolean write(Serving hub, String customer, String id, LargeFile file);
    }
}
