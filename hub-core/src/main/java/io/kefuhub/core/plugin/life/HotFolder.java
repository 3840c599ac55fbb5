package io.kefuhub.core.plugin.life;

import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that people put plugin files into. A file is told of when its size and time have stood still for two looks, or
 * for as many as it was seen to change, since a slow copy may pause; with it goes whatever was put there at the same time; it is gone when two looks do not find it, because many tools take a
 * file away before they put another in its place. Looking works on every file system, network folders too.
 *
 * <p>When the folder itself is gone or cannot be read, nothing is told: a volume that was not mounted must not take
 * every plugin out.
 */
final class HotFolder implements AutoCloseable {
    static final int PAUSE_MILLIS = 150;
    /** Looks for which a file that stands still waits for others that do not. */
    private static final int MOST_WAITS = 3;
    /** Looks, some two seconds, after which a file is whole however long it took to come. */
    private static final int MOST_STILL = 14;
    /** Whoever copies makes an empty file first, and may be kept from filling it: five seconds. */
    private static final int STILL_EMPTY = 5_000 / PAUSE_MILLIS;

    private static final Logger LOG = LoggerFactory.getLogger(HotFolder.class);
    private static final Words NOT_THERE = new Words(
            "The folder %s is not there. What serves goes on; what is put there is taken as soon as it is back.",
            "文件夹 %s 不存在。正在使用的插件不受影响；文件夹恢复后，放入的文件会立即生效。");
    private static final Words UNREADABLE = new Words(
            "The folder %s cannot be read (%s). What serves goes on; what is put there is taken once it can be.",
            "无法读取文件夹 %s（%s）。正在使用的插件不受影响；恢复读取后，放入的文件会立即生效。");

    private final Path folder;
    private final String suffix;
    private final Function<Path, Optional<Path>> beside;
    private final Listener listener;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("hot-folder").daemon().factory());
    private Map<Path, Seen> last = Map.of();
    private final Map<Path, Seen> told = new HashMap<>();
    private final Map<Path, Pace> paces = new HashMap<>();
    private int waited;
    private boolean gone;
    private volatile Optional<Words> trouble = Optional.empty();

    /** How a file was, and the one that belongs to it, if there is one. */
    private record Seen(long size, FileTime time, Optional<Seen> beside) {}

    /**
     * How a file came that is not told yet.
     *
     * @param changed looks at which it was not as before
     * @param still looks in a row since then
     */
    private record Pace(int changed, int still) {
        static final Pace NEW = new Pace(0, 0);

        Pace next(boolean isStill) {
            return isStill ? new Pace(changed, still + 1) : new Pace(changed + 1, 0);
        }

        boolean isWhole(boolean isEmpty) {
            return still >= (isEmpty ? STILL_EMPTY : Math.clamp(changed, 1, MOST_STILL));
        }
    }

    /** Called by the folder's thread; must be quick. */
    interface Listener {
        /** These files are new or have changed, and stand still. */
        void came(List<Path> files);

        /** These files are gone. */
        void left(List<Path> files);
    }

    /**
     * @param suffix of the files that count, such as {@code .jar}
     * @param beside where the file lies that belongs to one of them
     */
    HotFolder(Path folder, String suffix, Function<Path, Optional<Path>> beside, Listener listener) {
        this.folder = folder;
        this.suffix = suffix;
        this.beside = beside;
        this.listener = listener;
    }

    /** The files there are now, whether they stand still or not. */
    List<Path> files() {
        try {
            return List.copyOf(list().keySet());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Looks from now on; what is there already counts as told. */
    void start(List<Path> known) {
        try {
            var now = list();
            for (var file : known) {
                var seen = now.get(file);
                if (seen != null) told.put(file, seen);
            }
            last = now;
        } catch (IOException e) {
            LOG.debug("The folder {} is not there yet", folder);
        }
        timer.scheduleWithFixedDelay(this::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What keeps the folder from being read; empty when all is well. */
    Optional<Words> trouble() {
        return trouble;
    }

    private void look() {
        try {
            var now = list();
            if (gone) {
                // What was in it before cannot be told from what was taken out: it begins anew.
                told.keySet().retainAll(now.keySet());
                gone = false;
                trouble = Optional.empty();
                LOG.info("The folder {} is there again", folder);
            }
            compare(now);
            last = now;
        } catch (IOException e) {
            if (!gone) LOG.warn("The folder {} cannot be read: {}", folder, e.toString());
            gone = true;
            trouble = Optional.of(words(e));
            last = Map.of();
        } catch (RuntimeException e) {
            LOG.error("The folder {} could not be looked at", folder, e);
        }
    }

    private Words words(IOException problem) {
        return problem instanceof NoSuchFileException
                ? NOT_THERE.with(folder)
                : UNREADABLE.with(folder, problem.getClass().getSimpleName());
    }

    private void compare(Map<Path, Seen> now) {
        var left = told.keySet().stream()
                .filter(file -> !now.containsKey(file) && !last.containsKey(file))
                .toList();
        if (!left.isEmpty()) {
            left.forEach(told::remove);
            listener.left(left);
        }
        var came = new ArrayList<Path>();
        var moves = false;
        for (var file : now.entrySet()) {
            var path = file.getKey();
            if (file.getValue().equals(told.get(path))) continue;
            var pace = paces.getOrDefault(path, Pace.NEW).next(file.getValue().equals(last.get(path)));
            paces.put(path, pace);
            if (pace.isWhole(file.getValue().size() == 0)) came.add(path);
            else moves = true;
        }
        paces.keySet().retainAll(now.keySet());
        waited = came.isEmpty() || !moves ? 0 : waited + 1;
        if (came.isEmpty() || (waited > 0 && waited <= MOST_WAITS)) return;
        waited = 0;
        for (var file : came) {
            told.put(file, Objects.requireNonNull(now.get(file)));
            paces.remove(file);
        }
        listener.came(came);
    }

    private Map<Path, Seen> list() throws IOException {
        var files = new HashMap<Path, Seen>();
        try (var all = Files.newDirectoryStream(folder, "*" + suffix)) {
            for (var file : all) {
                see(file, beside.apply(file)).ifPresent(seen -> files.put(file, seen));
            }
        }
        return files;
    }

    private static Optional<Seen> see(Path file, Optional<Path> beside) {
        try {
            if (file.getFileName().toString().startsWith(".")) return Optional.empty();
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) return Optional.empty();
            var other = beside.flatMap(one -> see(one, Optional.empty()));
            return Optional.of(new Seen(attributes.size(), attributes.lastModifiedTime(), other));
        } catch (IOException e) {
            // It went away while it was looked at.
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
