package io.kefuhub.simulators;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import org.eclipse.jetty.server.handler.ErrorHandler;

/** A platform, its page and its control API on one port of this machine. Made, started and closed once. */
public final class Simulator implements AutoCloseable {
    private static final int LARGEST_MB = 160;
    private static final Duration SOCKET_IDLE = Duration.ofMinutes(10);

    private final Scene scene = new Scene();
    private final Platform platform;
    private final Javalin javalin;

    private Simulator(Function<Scene, Platform> made) {
        this.platform = made.apply(scene);
        scene.faults.know(platform.faults(), platform.withoutFaults());
        this.javalin = Javalin.create(config -> {
            serve(config);
            new Control(scene, platform).addTo(config.routes);
            platform.addTo(new Doorway(config.routes, scene, platform));
        });
    }

    /** Starts it on that port of this machine only; 0 takes a free one. */
    public static Simulator start(Function<Scene, Platform> platform, String host, int port) {
        var simulator = new Simulator(platform);
        simulator.javalin.start(host, port);
        simulator.scene.address(URI.create("http://" + host + ":" + simulator.javalin.port()));
        return simulator;
    }

    public static Simulator start(Function<Scene, Platform> platform) {
        return start(platform, "127.0.0.1", 0);
    }

    public URI address() {
        return scene.address();
    }

    public Scene scene() {
        return scene;
    }

    public Platform platform() {
        return platform;
    }

    @Override
    public void close() {
        platform.reset();
        javalin.stop();
        scene.close();
    }

    private static void serve(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.maxRequestSize = LARGEST_MB * 1024L * 1024;
        config.jetty.multipartConfig.maxFileSize(LARGEST_MB, SizeUnit.MB);
        config.jetty.multipartConfig.maxTotalRequestSize(LARGEST_MB, SizeUnit.MB);
        config.jetty.multipartConfig.maxInMemoryFileSize(1, SizeUnit.MB);
        config.jetty.modifyServer(server -> {
            var errors = new ErrorHandler();
            errors.setShowStacks(false);
            server.setErrorHandler(errors);
        });
        config.jetty.modifyWebSocketServletFactory(factory -> {
            factory.setIdleTimeout(SOCKET_IDLE);
            factory.setMaxTextMessageSize(2 * 1024 * 1024);
            factory.setMaxBinaryMessageSize(2 * 1024 * 1024);
        });
    }
}
