package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.Language;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Offer;
import io.kefuhub.core.plugin.PluginVersion;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import io.kefuhub.core.plugin.life.About;
import io.kefuhub.core.plugin.life.LoadedPlugin;
import io.kefuhub.core.plugin.life.Origin;
import io.kefuhub.core.plugin.life.PluginFormat;
import io.kefuhub.core.plugin.life.VersionProfile;
import io.kefuhub.core.plugin.wasm.guest.Budget;
import io.kefuhub.core.plugin.wasm.guest.Gated;
import io.kefuhub.core.plugin.wasm.guest.Limits;
import io.kefuhub.core.plugin.wasm.guest.WasmEngine;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import io.kefuhub.core.plugin.wasm.guest.WasmGate;
import io.kefuhub.core.plugin.wasm.guest.WasmModule;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;

/** Plugins that come as WASM modules. Called by one thread at a time. */
public final class WasmFormat implements PluginFormat, AutoCloseable {
    private static final String SUFFIX = ".wasm";
    private static final String BESIDE = ".json";
    /** Nobody waits for the first call: a busy machine may hold it up. */
    private static final Budget FIRST_CALL = new Budget(Duration.ofSeconds(2), Duration.ofSeconds(10));

    private static final int SHORT_HASH = 8;

    private final WasmEngine engine;
    private final WasmFilters known;
    private final Path folder;
    private final Duration filterDeadline;
    private final Warming warming = new Warming();

    /** @param folder where people drop modules */
    public WasmFormat(WasmEngine engine, WasmFilters known, Path folder) {
        this(engine, known, folder, Kind.FILTER.deadline());
    }

    /**
     * @param folder where people drop modules
     * @param filterDeadline that whoever asks a filter waits
     */
    public WasmFormat(WasmEngine engine, WasmFilters known, Path folder, Duration filterDeadline) {
        this.filterDeadline = filterDeadline;
        this.engine = engine;
        this.known = known;
        this.folder = folder;
    }

    @Override
    public String suffix() {
        return SUFFIX;
    }

    @Override
    public Optional<Path> folder() {
        return Optional.of(folder);
    }

    @Override
    public Optional<Path> beside(Path file) {
        var name = file.getFileName().toString();
        return Optional.of(file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + BESIDE));
    }

    /** What is too large goes on as it is, to be refused without being read. */
    @Override
    public InputStream whole(String fileName, InputStream content, Optional<Path> beside) throws IOException {
        var bytes = content.readNBytes(Limits.USUAL.fileBytes() + 1);
        if (bytes.length > Limits.USUAL.fileBytes()) return new ByteArrayInputStream(bytes);
        var manifest = beside.isPresent() && Files.isRegularFile(beside.get())
                ? Optional.of(Files.readAllBytes(beside.get()))
                : Optional.<byte[]>empty();
        return new ByteArrayInputStream(ModuleFile.pack(fileName, bytes, manifest));
    }

    @Override
    public About inspect(Path copy, Origin origin) throws RefusedException {
        var manifest = read(copy).manifest();
        var cases = ModuleCases.of(manifest);
        return new About(
                manifest.name(),
                manifest.version().orElseGet(() -> version(copy)),
                "",
                profile(manifest),
                manifest.permissions(),
                cases.ofFilter());
    }

    private static VersionProfile profile(WasmManifest manifest) {
        return new VersionProfile(
                tagged(manifest.titles()),
                tagged(manifest.descriptions()),
                manifest.provider(),
                VersionProfile.Asked.of(manifest.permissions()),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    private static Map<String, String> tagged(Map<Language, String> texts) {
        return texts.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().tag(), Map.Entry::getValue));
    }

    /** A module that says no version has one by its content. */
    private static String version(Path copy) {
        try {
            return "0.0.0+" + DigestUtils.sha256Hex(Files.readAllBytes(copy)).substring(0, SHORT_HASH);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that was judged. */
    record Read(WasmManifest manifest, Gated gated, Set<Answers> answers) {}

    static Read read(Path copy) throws RefusedException {
        try {
            // A manifest may come on top of a module that is as large as it may be.
            if (Files.size(copy) > 2L * Limits.USUAL.fileBytes()) {
                throw new RefusedException(Why.FILE_TOO_LARGE, Limits.USUAL.fileBytes() >> 20);
            }
            return read(Files.readAllBytes(copy));
        } catch (IOException e) {
            throw new RefusedException(Why.WASM_DAMAGED, String.valueOf(e.getMessage()));
        }
    }

    static Read read(byte[] packed) throws RefusedException {
        // Whether it is a whole module comes first: of half of one, the manifest would be missing.
        WasmGate.read(packed, Limits.USUAL.withMemoryPages(Limits.MOST_PAGES));
        var manifest = WasmManifest.read(ModuleFile.manifest(packed));
        var gated = WasmGate.read(packed, Limits.USUAL.withMemoryPages(manifest.memoryPages()));
        var answers = Answers.of(manifest, gated);
        if (answers.isEmpty()) {
            throw new RefusedException(
                    Why.WASM_NO_ENTRY,
                    manifest.entry(),
                    gated.functions().isEmpty()
                            ? "nothing"
                            : String.join(", ", new TreeSet<>(gated.functions().keySet())));
        }
        return new Read(manifest, gated, answers);
    }

    @Override
    public LoadedPlugin load(Path copy, About about) throws RefusedException {
        var read = read(copy);
        var manifest = read.manifest();
        var limits = Answers.limits(read.answers()).withMemoryPages(manifest.memoryPages());
        var plan = new WasmModule.Plan(about.plugin() + "@" + about.version(), manifest.keepsInstance(), limits);
        var module = engine.load(read.gated(), plan);
        try {
            module.tryStart(NoErrand.INSTANCE, FIRST_CALL);
        } catch (WasmFault e) {
            module.close();
            throw new RefusedException(Why.WASM_DOES_NOT_RUN, String.valueOf(e.getMessage()));
        }
        var live = new LiveModule(module, manifest, about.version(), read.answers(), filterDeadline);
        // As large a stack as messages have: who uses that up is known before a message comes.
        module.onLargeStack(() -> {
            live.tryFirst(FIRST_CALL);
            return true;
        });
        hold(ModuleCases.of(manifest), live);
        var version = new PluginVersion(about.plugin(), about.version(), about.sha256(), new ModuleLoader(about));
        var offers = new ArrayList<Offer<?>>();
        for (var answers : read.answers()) {
            var factory = answers.factory(live, known);
            offers.add(new Offer<>(version, factory.description(), factory, about.permissions()));
        }
        return new Loaded(live, version, offers, warming, engine.compiles());
    }

    /** Cases of filters are asked by whoever asks those of jars; all others here. */
    private static void hold(ModuleCases cases, LiveModule live) throws RefusedException {
        if (cases.asked().isEmpty()) return;
        try {
            cases.mustHold(AskedModule.of(live));
        } catch (RefusedException e) {
            live.close();
            throw e;
        }
    }

    /** The module behind what was loaded, for those who measure it. */
    LiveModule live(LoadedPlugin loaded) {
        return ((Loaded) loaded).module();
    }

    /** @param compiles whether the engine gets faster at all */
    private record Loaded(
            LiveModule module, PluginVersion version, List<Offer<?>> offers, Warming warming, boolean compiles)
            implements LoadedPlugin {
        Loaded {
            offers = List.copyOf(offers);
        }

        @Override
        public boolean warm() {
            if (compiles) warming.now(module);
            return compiles;
        }

        @Override
        public void warmLater() {
            if (compiles) warming.later(module);
        }

        @Override
        public List<PluginVersion> unload() {
            module.close();
            return List.of(version);
        }
    }

    /** Stands for one version of a module where the hub tells plugins apart by their loaders; it loads nothing. */
    private static final class ModuleLoader extends ClassLoader {
        ModuleLoader(About about) {
            super("wasm-" + about.plugin() + "-" + about.version(), WasmFormat.class.getClassLoader());
        }
    }

    @Override
    public void close() {
        warming.close();
    }
}
