package io.kefuhub.core.intake;

/** Of a channel that keeps no connection. */
final class NoLine implements OwnLine {
    @Override
    public void isUp() {}

    @Override
    public void isRefused(String setting, String reason) {}
}
