package io.kefuhub.bench.platforms;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Customers of a simulated platform who each say a few things at once, every fourth of them delivered twice. Safe for threads. */
final class Crowd {
    private static final int AT_ONCE = 8;
    private static final int TWICE = 4;

    private final Simulated platform;
    private final String surface;
    private final Map<String, List<String>> said = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();

    Crowd(Simulated platform, String surface) {
        this.platform = platform;
        this.surface = surface;
    }

    /** Returns when all have said what they say. */
    void speak(int customers, int each) throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var all = new ArrayList<Future<?>>();
            for (var number = 0; number < customers; number++) {
                var mine = number;
                all.add(threads.submit((Callable<Boolean>) () -> speakAlone(mine, each)));
            }
            for (var one : all) one.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }

    private boolean speakAlone(int number, int each) throws IOException {
        var customer = platform.welcome(surface, "Customer " + number);
        var text = "Question of " + number;
        var lines = new ArrayList<String>();
        for (var i = 1; i <= each; i++) lines.add(each == 1 ? text : text + " " + i);
        said.put(customer, lines);
        platform.says(surface, customer, text, Map.of("times", each, "twice", number % TWICE == 0));
        count.addAndGet(each);
        return true;
    }

    /** How many messages were said until now. */
    int count() {
        return count.get();
    }

    /** By customer, what they said, in order. */
    Map<String, List<String>> said() {
        return said;
    }
}
