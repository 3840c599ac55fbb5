package io.kefuhub.api.ai;

/** Says when a call is no longer wanted. Safe for threads. */
public interface Cancel {
    /** Of what nobody will call off. */
    Cancel NEVER = new Cancel() {
        @Override
        public boolean isRequested() {
            return false;
        }

        @Override
        public void onRequest(Runnable action) {}
    };

    boolean isRequested();

    /** Runs the action once when cancelled, at once if that has happened; it must not wait. */
    void onRequest(Runnable action);
}
