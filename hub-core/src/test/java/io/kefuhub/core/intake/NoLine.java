package io.kefuhub.core.intake;

import io.kefuhub.api.Localized;

/** Of a channel that keeps no connection. */
final class NoLine implements OwnLine {
    @Override
    public void isUp() {}

    @Override
    public void isRefused(String setting, Localized reason) {}
}
