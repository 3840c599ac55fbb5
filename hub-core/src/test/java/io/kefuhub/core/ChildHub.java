package io.kefuhub.core;

import java.nio.file.Path;
import java.util.Optional;

/** A hub in a process of its own, with its own PostgreSQL, that a test may kill. Says its port in one line. */
final class ChildHub {
    private ChildHub() {}

    public static void main(String[] arguments) {
        var hub = Hub.start(HubFixture.setup(Path.of(arguments[0]), Optional.empty()));
        Runtime.getRuntime().addShutdownHook(new Thread(hub::close));
        System.out.println("port " + hub.port());
    }
}
