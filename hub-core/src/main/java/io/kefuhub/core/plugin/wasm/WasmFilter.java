package io.kefuhub.core.plugin.wasm;

import io.kefuhub.api.filter.Facts;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.filter.Stage;
import io.kefuhub.api.filter.Verdict;
import io.kefuhub.api.message.Message;
import io.kefuhub.core.plugin.Rehearsal;
import io.kefuhub.core.plugin.Subject;
import io.kefuhub.core.plugin.wasm.guest.WasmFault;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A filter whose judge is a module. Safe for threads. */
final class WasmFilter implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(WasmFilter.class);

    private final String instance;
    private final LiveModule module;
    private final Map<String, String> settings;
    private final WasmFilters known;
    private final InstantSource clock;
    private final FilterStats stats = new FilterStats();
    private final Strikes strikes = new Strikes(System::nanoTime);

    WasmFilter(
            String instance, LiveModule module, Map<String, String> settings, WasmFilters known, InstantSource clock) {
        this.instance = instance;
        this.module = module;
        this.settings = Map.copyOf(settings);
        this.known = known;
        this.clock = clock;
        known.made(this);
    }

    @Override
    public Set<Stage> stages() {
        return module.manifest().stages();
    }

    @Override
    public Verdict apply(Message message, Facts facts, Stage stage) {
        if (Rehearsal.isOn()) return rehearsed(message, facts, stage);
        var aside = strikes.setAside();
        if (aside.isPresent()) throw aside(aside.get());
        var subject = Subject.now();
        var began = System.nanoTime();
        try {
            var errand = FilterErrand.of(
                    message,
                    facts,
                    stage,
                    subject,
                    clock.instant(),
                    settings,
                    (level, line) ->
                            known.logs().add(name(), instance, version(), subject, clock.instant(), level, line));
            var verdict = FilterAnswer.read(module.ask(module.manifest().entry(), errand), message, stage);
            stats.answered(verdict, System.nanoTime() - began);
            strikes.answered();
            return verdict;
        } catch (WasmFault e) {
            stats.failed(e, System.nanoTime() - began);
            if (strikes.failed(String.valueOf(e.getMessage()))) {
                LOG.warn("WASM filter {} ({} {}) is set aside: {}", instance, name(), version(), e.getMessage());
            }
            throw e;
        }
    }

    private Verdict rehearsed(Message message, Facts facts, Stage stage) {
        strikes.reason().ifPresent(why -> {
            throw aside(why);
        });
        var errand = FilterErrand.of(message, facts, stage, Subject.now(), clock.instant(), settings, (_, _) -> {});
        return FilterAnswer.read(module.rehearse(module.manifest().entry(), errand), message, stage);
    }

    private static WasmFault aside(String why) {
        return new WasmFault(WasmFault.Kind.REFUSED, "it is set aside: " + why);
    }

    String instance() {
        return instance;
    }

    String name() {
        return module.manifest().name();
    }

    String version() {
        return module.version();
    }

    LiveModule module() {
        return module;
    }

    FilterStats.Now stats() {
        return stats.now();
    }

    Optional<String> setAside() {
        return strikes.reason();
    }

    @Override
    public void close() {
        known.closed(this);
    }
}
