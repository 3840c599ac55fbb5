package io.kefuhub.core.database;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Drops a class's databases when its last test is over: hundreds of them, left until the end, would keep the disk busy and
 * the test run from ending.
 */
public final class DroppedDatabases implements AfterAllCallback {
    @Override
    public void afterAll(ExtensionContext context) {
        if (context.getEnclosingTestClasses().isEmpty()) TestDatabase.dropAll();
    }
}
