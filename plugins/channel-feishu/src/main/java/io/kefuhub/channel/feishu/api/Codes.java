package io.kefuhub.channel.feishu.api;

import java.util.Set;

/** The platform's numbers that this channel acts on. */
public final class Codes {
    /** The token is not taken any more, whatever its time. */
    static final Set<Long> TOKEN = Set.of(99991663L, 99991664L, 99991671L, 99991668L, 99991677L);

    static final Set<Long> SCOPE = Set.of(99991672L, 99991679L);
    static final Set<Long> WRONG_APP = Set.of(10003L, 10012L);
    static final Set<Long> WRONG_SECRET = Set.of(10014L);
    static final Set<Long> RATE = Set.of(99991400L, 230020L, 429L);

    /** The content is not as the platform wants it; another form of it may be. */
    public static final Set<Long> UNFIT = Set.of(230001L, 99992402L);

    /** What was to be replied to is gone. */
    public static final Set<Long> TARGET_GONE = Set.of(230011L, 231003L);

    public static final Set<Long> TOO_LONG = Set.of(230025L);
    public static final Set<Long> CARD_CONTENT = Set.of(230099L);
    public static final Set<Long> SEQUENCE = Set.of(300317L);

    static final long NOT_IN_CHAT = 230002L;
    static final long BOT_OFF = 230006L;
    static final long NOT_AVAILABLE = 230013L;
    static final long NO_BOT = 11205L;

    private Codes() {}

    /** Whether the platform itself was in trouble, so that the same may work in a moment. */
    static boolean isPassing(Answer.Refused refused) {
        return refused.status() >= 500 || refused.code() == 1663 || (refused.code() >= 500 && refused.code() < 600);
    }
}
