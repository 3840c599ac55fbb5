package io.kefuhub.core.plugin.life;

import io.kefuhub.core.plugin.Contributions;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes plugins, and versions of them, for good: first their files, then all that is kept of them. One thread only. */
final class Forgetting {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
    private static final Words SERVES = new Words(
            "This version serves. Let another one serve first, or switch the plugin off.", "该版本正在使用，请先换用其他版本或停用插件。");
    private static final Words TRIED = new Words("This version is on trial. End the trial first.", "该版本正在试用，请先结束试用。");
    private static final Words IN_USE =
            new Words("It is used by: %s. Delete them or switch them off first.", "以下实例正在使用它：%s。请先删除或停用。");
    private static final Words FILE_STAYS =
            new Words("Its file %s cannot be deleted, so it would come back.", "无法删除文件 %s，删除后插件仍会恢复。");

    private final Formats formats;
    private final Path folder;
    private final Records records;
    private final Contributions contributions;
    private final Instances instances;
    private final Activator activator;
    private final Trials trials;
    private final VersionChanges changes;

    /** @param folder where files lie of a format that has no folder of its own */
    Forgetting(
            LifeParts parts,
            Formats formats,
            Records records,
            Activator activator,
            Trials trials,
            VersionChanges changes) {
        this.formats = formats;
        this.folder = parts.folder();
        this.records = records;
        this.contributions = parts.contributions();
        this.instances = parts.instances();
        this.activator = activator;
        this.trials = trials;
        this.changes = changes;
    }

    /**
     * Forgets a plugin with all its versions. What serves of it leaves first, unless something that is switched on is made
     * of it. Instances are never forgotten with it.
     */
    Forgotten plugin(String plugin, String actor) {
        var versions = records.versions().stream()
                .filter(kept -> kept.plugin().equals(plugin))
                .toList();
        if (versions.isEmpty()) return new Forgotten.Unknown();
        var users = users(plugin);
        if (!users.isEmpty()) return new Forgotten.Refused(IN_USE.with(users));
        return forget(versions, () -> {
            changes.retire(plugin, actor);
            records.forgetPlugin(plugin, versions, madeOf(versions), actor);
        });
    }

    /** Forgets a version that neither serves nor is tried. */
    Forgotten version(String plugin, String sha256, String actor) {
        var kept = records.version(sha256).filter(one -> one.plugin().equals(plugin));
        if (kept.isEmpty()) return new Forgotten.Unknown();
        if (isIt(Optional.ofNullable(activator.serving().get(plugin)), sha256)) return new Forgotten.Refused(SERVES);
        if (isIt(trials.running(plugin).map(Trials.OnTrial::version), sha256)) return new Forgotten.Refused(TRIED);
        var left = isLast(kept.get()) ? madeOf(List.of(kept.get())) : List.<InstanceSpec>of();
        return forget(List.of(kept.get()), () -> records.forgetVersion(kept.get(), left, actor));
    }

    private boolean isLast(KeptVersion kept) {
        return records.versions().stream().noneMatch(one -> one.plugin().equals(kept.plugin()) && !one.equals(kept));
    }

    /** What was made of a plugin keeps its settings, and serves again when its file is back. */
    private List<InstanceSpec> madeOf(List<KeptVersion> versions) {
        return instances.all().stream()
                .filter(spec ->
                        versions.stream().anyMatch(kept -> kept.profile().isOf(spec)))
                .toList();
    }

    private static boolean isIt(Optional<LoadedVersion> version, String sha256) {
        return version.filter(one -> one.kept().sha256().equals(sha256)).isPresent();
    }

    /** What is made of a plugin and switched on, by title or name. */
    private String users(String plugin) {
        return instances.all().stream()
                .filter(InstanceSpec::enabled)
                .filter(spec -> contributions
                        .now()
                        .offer(spec.kind(), spec.contribution())
                        .map(Offer::plugin)
                        .filter(version -> version.id().equals(plugin))
                        .isPresent())
                .map(spec -> spec.title().isEmpty() ? spec.key() : spec.title())
                .collect(Collectors.joining(", "));
    }

    private Forgotten forget(List<KeptVersion> versions, Runnable then) {
        for (var file : files(versions).entrySet()) {
            try {
                Files.deleteIfExists(file.getKey());
                if (file.getValue().isPresent())
                    Files.deleteIfExists(file.getValue().get());
            } catch (IOException e) {
                LOG.warn("{} cannot be deleted", file.getKey(), e);
                return new Forgotten.Refused(
                        FILE_STAYS.with(file.getKey().getFileName().toString()));
            }
        }
        then.run();
        return new Forgotten.Gone();
    }

    /** The files in the folders that are these versions, and what belongs to each. */
    private Map<Path, Optional<Path>> files(List<KeptVersion> versions) {
        var hashes = versions.stream().map(KeptVersion::sha256).collect(Collectors.toSet());
        return records.seen(Origin.FOLDER).entrySet().stream()
                .filter(seen -> hashes.contains(seen.getValue().sha256()))
                .flatMap(seen -> formats.of(seen.getKey()).stream()
                        .map(format ->
                                Map.entry(format, format.folder().orElse(folder).resolve(seen.getKey()))))
                .collect(Collectors.toMap(
                        Map.Entry::getValue, file -> file.getKey().beside(file.getValue())));
    }
}
