package io.kefuhub.simulators.wecom;

/** The simulated company and what its admin console would show. All of it is made up and the same each time. */
final class Corp {
    static final String ID = "ww51a0fed0c0ffee01";
    static final String KF_SECRET = "simulated-kf-secret-0000000000000000000001";
    static final String APP_SECRET = "simulated-app-secret-000000000000000000002";
    static final int AGENT = 1000002;

    static final String BOT = "aibSimulated0001";
    static final String BOT_SECRET = "simulated-bot-secret-000000000000000000003";

    /** What callbacks of customer service, of the app and of the bot are signed and sealed with. */
    static final Seal KF = new Seal("SimKfToken2026", "c2ltdWxhdGVkLWtlZnUtaHViLWtmLWtleS0wMDAwMDE", ID);

    static final Seal APP = new Seal("SimAppToken2026", "c2ltdWxhdGVkLWtlZnUtaHViLWFwcC1rZXktMDAwMDI", ID);
    static final Seal BOT_SEAL = new Seal("SimBotToken2026", "c2ltdWxhdGVkLWtlZnUtaHViLWJvdC1rZXktMDAwMDM", "");

    private Corp() {}
}
