package io.kefuhub.core.plugin.life;

import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the folders that plugin files come from. Changes are made on the life's one thread. */
final class PluginFolders implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginFolders.class);

    private final Formats formats;
    private final Records records;
    private final Activator activator;
    private final VersionChanges changes;
    private final UnderWay underWay;
    private final LifeThread thread;
    private final List<HotFolder> dropped = new ArrayList<>();
    private final List<HotFolder> builds = new ArrayList<>();

    PluginFolders(
            Formats formats,
            Records records,
            Activator activator,
            VersionChanges changes,
            UnderWay underWay,
            LifeThread thread) {
        this.formats = formats;
        this.records = records;
        this.activator = activator;
        this.changes = changes;
        this.underWay = underWay;
        this.thread = thread;
    }

    /** Takes what comes with the hub and was not seen yet. */
    void bundled(Path folder) {
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            var all = new ArrayList<Path>();
            files.forEach(all::add);
            came(Origin.BUNDLED, all);
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of the bundled plugins cannot be read", e);
        }
    }

    /**
     * Takes what lies in a format's folder, and from now on whatever comes, changes or goes. What was on comes from the
     * database: without its folder a hub serves all the same.
     *
     * @param usual where files of a format lie that has no folder of its own
     */
    void watch(PluginFormat format, Path usual) {
        var folder = format.folder().orElse(usual);
        var hot = new HotFolder(folder, format.suffix(), format::beside, new HotFolder.Listener() {
            @Override
            public void came(List<Path> files) {
                thread.later(() -> PluginFolders.this.came(Origin.FOLDER, files));
            }

            @Override
            public void left(List<Path> files) {
                thread.later(() -> files.forEach(PluginFolders.this::left));
            }
        });
        dropped.add(hot);
        var there = hot.files();
        came(Origin.FOLDER, there);
        hot.start(there);
    }

    /** What a build makes serves at once, whatever its version; nothing is taken out while it is made anew. */
    void follow(BuildOutput build) {
        LOG.info("What is built in {} is taken at once", build.folder());
        var hot = new HotFolder(build.folder(), ".jar", _ -> Optional.empty(), new HotFolder.Listener() {
            @Override
            public void came(List<Path> files) {
                thread.later(() -> build.newest().filter(files::contains).ifPresent(PluginFolders.this::built));
            }

            @Override
            public void left(List<Path> files) {}
        });
        builds.add(hot);
        var there = hot.files();
        build.newest().ifPresent(this::built);
        hot.start(there);
    }

    private void built(Path file) {
        var wish = new Arrival.Wish(Arrival.HUB, false, false, new Arrival.Begin.Serving());
        changes.take(new Arrival(
                Origin.UPLOAD, file.getFileName().toString(), false, () -> Files.newInputStream(file), wish));
    }

    private void came(Origin origin, List<Path> files) {
        var seen = records.seen(origin);
        var arrivals = new ArrayList<Path>();
        for (var file : files) {
            var before = seen.get(file.getFileName().toString());
            if (before == null || !before.sha256().equals(hash(file))) arrivals.add(file);
        }
        // So that of several versions of one plugin the newest comes last, and stays.
        arrivals.sort(Comparator.comparing(file -> file.getFileName().toString(), Versions.ORDER));
        // Who installed the hub has agreed to what comes with it.
        var wish = new Arrival.Wish(Arrival.HUB, false, origin == Origin.BUNDLED, new Arrival.Begin.Usual());
        for (var file : arrivals) {
            var name = file.getFileName().toString();
            var done = changes.take(Arrival.inFolder(origin, name, () -> formats.open(file), wish));
            Optional.ofNullable(seen.get(name)).ifPresent(before -> retireFormer(before, done));
        }
    }

    /** A file that was a version of one plugin and is now one of another takes the first one out. */
    private void retireFormer(SeenFiles.Seen before, Activation done) {
        if (!done.outcome().equals(Optional.of(Activation.Outcome.SERVING))) return;
        var former = before.plugin().filter(plugin -> !plugin.equals(done.plugin()));
        var serves = former.flatMap(
                        plugin -> Optional.ofNullable(activator.serving().get(plugin)))
                .filter(one -> one.kept().sha256().equals(before.sha256()));
        if (serves.isPresent()) changes.retire(former.get(), Arrival.HUB);
    }

    private String hash(Path file) {
        try (var content = formats.open(file)) {
            return PrivateCopies.hash(content);
        } catch (IOException e) {
            return "";
        }
    }

    private void left(Path file) {
        var was = records.gone(Origin.FOLDER, file.getFileName().toString());
        underWay.tell();
        var plugin = was.flatMap(SeenFiles.Seen::plugin);
        if (plugin.isEmpty()) return;
        var serves = Optional.ofNullable(activator.serving().get(plugin.get()));
        var itsOwn = serves.filter(one -> one.kept().sha256().equals(was.get().sha256()));
        if (itsOwn.isEmpty()) return;
        // Another version of it may lie in the folder still, or have come with the hub.
        var next = another(plugin.get());
        if (next.isPresent()) changes.bring(next.get(), Arrival.HUB, false);
        else changes.retire(plugin.get(), Arrival.HUB);
    }

    private Optional<KeptVersion> another(String plugin) {
        var there = new LinkedHashMap<String, SeenFiles.Seen>();
        for (var origin : List.of(Origin.BUNDLED, Origin.FOLDER)) {
            records.seen(origin).forEach((name, seen) -> there.put(origin + "/" + name, seen));
        }
        return there.values().stream()
                .filter(seen -> seen.plugin().equals(Optional.of(plugin)))
                .flatMap(seen -> records.version(seen.sha256()).stream())
                .filter(kept -> kept.setAside().isEmpty())
                .max(Comparator.comparing(KeptVersion::version, Versions.ORDER));
    }

    /** What keeps a folder from being read. */
    Optional<Words> trouble() {
        return dropped.stream().flatMap(folder -> folder.trouble().stream()).findFirst();
    }

    @Override
    public void close() {
        dropped.forEach(HotFolder::close);
        builds.forEach(HotFolder::close);
    }
}
