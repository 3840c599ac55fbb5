package io.kefuhub.simulators;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** {@code kefuhub simulate}: starts one platform on this machine and says what to enter in the hub. */
public final class Main {
    private static final int USAGE = 2;
    private static final int FAILED = 1;
    private static final String HELP = """
            Usage: kefuhub simulate PLATFORM [--port N] [--hub URL]

              PLATFORM     %s
              --port N     where it listens, on this machine only (9820; 0 takes a free one)
              --hub URL    the hub it calls (http://localhost:8080)

            It plays the platform: open its address, write as a customer and see what the hub answers.""";

    private Main() {}

    private record Options(Function<Scene, Platform> platform, int port, URI hub) {}

    public static void main(String[] arguments) {
        System.setProperty("logback.configurationFile", "logback-simulators.xml");
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        Options options;
        try {
            options = read(new ArrayList<>(List.of(arguments)));
        } catch (BadInputException wrong) {
            err.println(wrong.getMessage());
            System.exit(USAGE);
            return;
        }
        try {
            var simulator = Simulator.start(options.platform, "127.0.0.1", options.port);
            Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
            for (var surface : simulator.platform().surfaces()) {
                if (surface.callback()) {
                    simulator
                            .scene()
                            .callbacks
                            .address(
                                    surface.id(), options.hub.resolve("/webhooks/" + channel(simulator, surface.id())));
                }
            }
            out.print(Greeting.of(simulator, options.hub));
            // Until the process ends.
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            err.println("The simulator cannot start: " + e.getMessage());
            System.exit(FAILED);
        }
    }

    /** The name that the suggested file gives the channel of a surface. */
    static String channel(Simulator simulator, String surface) {
        return "sim_" + simulator.platform().id() + "_" + surface.replace('-', '_');
    }

    private static Options read(List<String> words) {
        var platforms = new TreeMap<>(Platforms.ALL);
        var help = HELP.formatted(String.join(" or ", platforms.keySet()));
        if (words.isEmpty()) throw new BadInputException(help);
        var platform = platforms.get(words.removeFirst());
        if (platform == null) throw new BadInputException(help);
        var values = new HashMap<>(Map.of("--port", "9820", "--hub", "http://localhost:8080"));
        while (!words.isEmpty()) {
            var name = words.removeFirst();
            if (!values.containsKey(name) || words.isEmpty()) throw new BadInputException(help);
            values.put(name, words.removeFirst());
        }
        return new Options(platform, port(values.getOrDefault("--port", "")), hub(values.getOrDefault("--hub", "")));
    }

    private static int port(String word) {
        var port = word.matches("\\d{1,5}") ? Integer.parseInt(word) : -1;
        if (port < 0 || port > 65535) throw new BadInputException("--port takes a number from 0 to 65535, not " + word);
        return port;
    }

    private static URI hub(String word) {
        try {
            var hub = URI.create(word);
            if (hub.getHost() != null && List.of("http", "https").contains(hub.getScheme())) return hub;
        } catch (IllegalArgumentException e) {
            throw new BadInputException("--hub takes an address such as http://localhost:8080, not " + word);
        }
        throw new BadInputException("--hub takes an address such as http://localhost:8080, not " + word);
    }
}
