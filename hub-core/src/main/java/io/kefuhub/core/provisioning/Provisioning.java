package io.kefuhub.core.provisioning;

import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the hub as the files in {@code conf/} say.
 *
 * <p>Looks once a second; files that changed, and stood still for one look, are read again. A file with a problem changes
 * nothing: what it last declared well stays. A file that is gone switches off what it declared. Safe for threads; one
 * application at a time.
 */
public final class Provisioning implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);

    private final Path folder;
    private final Map<String, String> environment;
    private final ZoneId zone;
    private final Targets targets;
    private final Clock clock;
    private final Consumer<Standing> listener;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("provisioning").daemon().factory());
    private final Set<Path> alsoReads = new HashSet<>();
    private Map<Path, String> applied = Map.of();
    private Map<Path, String> seen = Map.of();
    private final Map<String, InForce> inForce = new HashMap<>();
    private volatile Standing standing;

    /** What a file declared well, and since when that is so. */
    private record InForce(Declarations declared, Instant since) {}

    /**
     * @param environment what {@code ${env:NAME}} stands for
     * @param zone where dates without a time begin
     * @param listener told after each application, on the thread that applied
     */
    public Provisioning(
            Path folder,
            Map<String, String> environment,
            ZoneId zone,
            Targets targets,
            Clock clock,
            Consumer<Standing> listener) {
        this.folder = folder;
        this.environment = Map.copyOf(environment);
        this.zone = zone;
        this.targets = targets;
        this.clock = clock;
        this.listener = listener;
        this.standing = new Standing(clock.instant(), List.of(), List.of());
    }

    /** Applies what is there, and from now on what changes. */
    public void start() {
        applyNow();
        timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** How the files fare since they were last read. */
    public Standing standing() {
        return standing;
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads and applies all files. */
    public synchronized Standing applyNow() {
        applied = fingerprints();
        var good = new TreeMap<String, Declarations>();
        var found = new ArrayList<ConfProblem>();
        var present = new TreeSet<String>();
        alsoReads.clear();
        for (var path : files()) {
            var name = path.getFileName().toString();
            present.add(name);
            var file = read(name, path);
            alsoReads.addAll(file.reads());
            if (file.problems().isEmpty()) good.put(name, file.declared());
            else found.addAll(file.problems());
        }
        found.addAll(Contradictions.between(good));
        found.forEach(problem -> good.remove(problem.where().file()));
        for (var name : targets.files()) {
            if (!present.contains(name)) good.put(name, Declarations.NONE);
        }
        found.addAll(targets.apply(good));
        found.forEach(problem -> good.remove(problem.where().file()));
        applied = fingerprints(applied);
        tell(new Standing(clock.instant(), states(present, good), found));
        return standing;
    }

    /** @param good what was applied without a problem, by file */
    private List<Standing.FileState> states(SortedSet<String> present, Map<String, Declarations> good) {
        inForce.keySet().retainAll(present);
        var now = clock.instant();
        return present.stream()
                .map(name -> {
                    var declared = good.get(name);
                    if (declared != null) {
                        inForce.compute(
                                name,
                                (_, before) ->
                                        before != null && before.declared().equals(declared)
                                                ? before
                                                : new InForce(declared, now));
                    }
                    var since = Optional.ofNullable(inForce.get(name)).map(InForce::since);
                    return new Standing.FileState(name, since, declared != null);
                })
                .toList();
    }

    private void tell(Standing now) {
        if (!now.problems().equals(standing.problems())) {
            now.problems().forEach(problem -> LOG.error("conf/{}", problem));
            if (now.problems().isEmpty()) LOG.info("All files in conf/ are in order again");
        }
        standing = now;
        listener.accept(now);
    }

    private synchronized void look() {
        try {
            var now = fingerprints();
            boolean quiet = now.equals(seen);
            seen = now;
            if (quiet && !now.equals(applied)) applyNow();
        } catch (RuntimeException e) {
            // The next look tries again; a timer that dies of one failure would never look again.
            LOG.error("The files in conf/ could not be applied", e);
            applied = Map.of();
        }
    }

    private ConfFile read(String name, Path path) {
        var outside = new Outside(environment, folder);
        try {
            return ConfFile.read(name, Files.readString(path), outside, zone);
        } catch (IOException e) {
            var problem = new ConfProblem(
                    new Where(name, 1, ""),
                    new Words("the file cannot be read, or is not UTF-8", "文件无法读取，或不是 UTF-8 编码"));
            return new ConfFile(Declarations.NONE, List.of(problem), Set.of());
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) return List.of();
        try (var all = Files.list(folder)) {
            return all.filter(path -> {
                        var name = path.getFileName().toString();
                        return !name.startsWith(".")
                                && (name.endsWith(".yaml") || name.endsWith(".yml"))
                                && Files.isRegularFile(path);
                    })
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Map<Path, String> fingerprints() {
        var all = new HashSet<>(files());
        all.addAll(alsoReads);
        var prints = new HashMap<Path, String>();
        for (var path : all) prints.put(path, fingerprint(path));
        return prints;
    }

    /** What was seen before reading, and what reading found to look at besides. */
    private Map<Path, String> fingerprints(Map<Path, String> before) {
        var prints = fingerprints();
        before.forEach(prints::replace);
        return prints;
    }

    private static String fingerprint(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis() + "/" + Files.size(path);
        } catch (IOException e) {
            return "gone";
        }
    }
}
