package io.kefuhub.core.plugin.wasm.guest;

import java.util.List;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyObject;
import org.jspecify.annotations.Nullable;

/**
 * A place where one version of a module can run: a context of the engine, in which every call gets an instance of its own,
 * or, where the module wishes so, one instance serves call after call. One thread at a time, whichever; only {@link #kill}
 * is safe for others.
 */
final class WasmSlot {
    private static final List<String> FIRST_CALLS = List.of("_initialize", "__wasm_call_ctors");
    private static final String HASKELL = "hs_init";
    private static final String EXHAUSTED = "call stack exhausted";

    private final Context context;
    private final Value module;
    private final ProxyObject imports;
    private final GuestCall call;
    private final WasiShim wasi;
    private final boolean keepsInstance;
    private @Nullable Instance kept;
    private volatile boolean killed;
    private boolean tooDeep;

    private record Instance(Value exports, @Nullable Value memory) {}

    /**
     * What came of a call.
     *
     * @param memoryBytes of the instance at its end
     */
    record Answer(byte[] output, long memoryBytes) {}

    WasmSlot(Context context, Source source, WasmModule.Plan plan) {
        this.context = context;
        this.keepsInstance = plan.keepsInstance();
        call = new GuestCall(plan.limits());
        wasi = new WasiShim(call);
        imports = HostFunctions.imports(call, wasi);
        module = context.eval(source);
    }

    /** Asks the guest. Whatever goes wrong is a {@link WasmFault}. */
    Answer ask(String function, Errand errand) {
        try {
            call.begin(errand);
            var instance = instance();
            var status = function(instance, function).execute();
            if (status.fitsInInt() && status.asInt() != 0) {
                throw new WasmFault(WasmFault.Kind.ERROR, "it says that it failed: " + call.error());
            }
            var output = call.output();
            if (keepsInstance) kept = instance;
            return new Answer(
                    output, instance.memory() == null ? 0 : instance.memory().getBufferSize());
        } catch (PolyglotException e) {
            kept = null;
            throw fault(e);
        } catch (IllegalArgumentException e) {
            // The engine's own check, before anything of the guest has run.
            kept = null;
            throw new WasmFault(WasmFault.Kind.START, "its " + function + " wants arguments, and none are given");
        } catch (WasmFault e) {
            kept = null;
            throw e;
        } catch (IllegalStateException e) {
            // The context was closed between two steps of ours.
            throw killed ? timeUp() : e;
        } finally {
            wasi.end();
            call.end();
        }
    }

    /** Has the guest begin, and nothing more: its start function and what its language needs. */
    void tryStart(Errand errand) {
        try {
            call.begin(errand);
            instance();
        } catch (PolyglotException e) {
            throw fault(e);
        } finally {
            wasi.end();
            call.end();
        }
    }

    private Instance instance() {
        var ready = kept;
        if (ready != null) return ready;
        wasi.use(null);
        var exports = module.newInstance(imports).getMember("exports");
        var memory = exports.getMember("memory");
        var usable = memory != null && memory.hasBufferElements() ? memory : null;
        wasi.use(usable);
        for (var first : FIRST_CALLS) {
            if (callIfThere(exports, first)) break;
        }
        callIfThere(exports, HASKELL, 0, 0);
        return new Instance(exports, usable);
    }

    private static Value function(Instance instance, String name) {
        var function = instance.exports().getMember(name);
        if (function == null || !function.canExecute()) {
            throw new WasmFault(WasmFault.Kind.START, "it does not export the function " + name);
        }
        return function;
    }

    private static boolean callIfThere(Value exports, String name, Object... arguments) {
        var function = exports.getMember(name);
        if (function == null || !function.canExecute()) return false;
        function.executeVoid(arguments);
        return true;
    }

    private WasmFault fault(PolyglotException e) {
        tooDeep |= e.isResourceExhausted() || String.valueOf(e.getMessage()).contains(EXHAUSTED);
        if (killed || e.isCancelled() || e.isInterrupted()) return timeUp();
        if (e.isHostException()) {
            return e.asHostException() instanceof WasmFault known
                    ? known
                    : new WasmFault(WasmFault.Kind.TRAP, "it ran into the hub's bounds while it called it");
        }
        if (e.isExit()) return new WasmFault(WasmFault.Kind.EXIT, "it ended itself with status " + e.getExitStatus());
        if (e.isResourceExhausted()) return new WasmFault(WasmFault.Kind.TRAP, "it goes too deep or takes too much");
        if (e.isInternalError()) return new WasmFault(WasmFault.Kind.TRAP, "the engine could not run it");
        return new WasmFault(WasmFault.Kind.TRAP, "it failed: " + e.getMessage());
    }

    private static WasmFault timeUp() {
        return new WasmFault(WasmFault.Kind.TIME_UP, "it was stopped because its time was up");
    }

    /** Stops whatever runs in it; it cannot be used any more. */
    void kill() {
        killed = true;
        context.close(true);
    }

    /** Whether a guest in it has used up the stack. */
    boolean wentTooDeep() {
        return tooDeep;
    }

    boolean isKilled() {
        return killed;
    }
}
