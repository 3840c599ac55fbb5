package io.kefuhub.core.plugin.wasm.guest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/** What a guest may call, as Extism names it, bound to the call that is under way. One thread at a time. */
final class HostFunctions {
    private static final int INFO = 2;
    private static final long WORD = 8;

    private final GuestCall call;
    private final Map<String, Object> functions = new HashMap<>();

    private HostFunctions(GuestCall call) {
        this.call = call;
    }

    /** Everything a guest may import. */
    static ProxyObject imports(GuestCall call, WasiShim wasi) {
        var extism = new HostFunctions(call);
        extism.addMemory();
        extism.addInputAndOutput();
        extism.addServices();
        return ProxyObject.fromMap(Map.of(
                Offered.EXTISM,
                ProxyObject.fromMap(extism.functions),
                Offered.HUB,
                ProxyObject.fromMap(Map.of("hub_field", (ProxyExecutable) a -> call.field(a[0].asLong()))),
                Offered.ENV,
                ProxyObject.fromMap(Map.of("abort", (ProxyExecutable) a -> {
                    throw wasi.gaveUp(a[0], a[2].asInt());
                })),
                Offered.WASI,
                ProxyObject.fromMap(wasi.functions())));
    }

    private void add(String name, ProxyExecutable function) {
        functions.put(name, function);
    }

    private void addMemory() {
        var memory = call.memory;
        add("alloc", a -> memory.allocate(a[0].asLong()));
        add("free", _ -> null);
        add("length", a -> memory.length(a[0].asLong()));
        add("length_unsafe", a -> memory.length(a[0].asLong()));
        add("load_u8", a -> memory.byteAt(a[0].asLong()));
        add("load_u64", a -> memory.wordAt(a[0].asLong()));
        add("store_u8", a -> {
            memory.setByte(a[0].asLong(), a[1].asInt());
            return null;
        });
        add("store_u64", a -> {
            memory.setWord(a[0].asLong(), a[1].asLong());
            return null;
        });
    }

    private void addInputAndOutput() {
        add("input_length", _ -> (long) call.inputLength());
        add("input_offset", _ -> call.inputBlock());
        add("input_load_u8", a -> {
            var at = a[0].asLong();
            return at < 0 || at >= call.inputLength() ? 0 : call.memory.byteAt(call.inputBlock() + at);
        });
        add("input_load_u64", a -> {
            var at = a[0].asLong();
            return at < 0 || at > call.inputLength() - WORD ? 0L : call.memory.wordAt(call.inputBlock() + at);
        });
        add("output_set", a -> {
            call.output(a[0].asLong(), a[1].asLong());
            return null;
        });
        add("error_set", a -> {
            call.error(a[0].asLong());
            return null;
        });
    }

    private void addServices() {
        add("config_get", a -> call.setting(a[0].asLong()));
        add("var_get", a -> call.variable(a[0].asLong()));
        add("var_set", a -> {
            call.variable(a[0].asLong(), a[1].asLong());
            return null;
        });
        add("http_request", _ -> {
            throw new WasmFault(WasmFault.Kind.REFUSED, "it asks for the network, which no module has");
        });
        add("http_status_code", _ -> 0);
        add("http_headers", _ -> 0L);
        for (var level : Errand.LogLevel.values()) {
            add("log_" + level.name().toLowerCase(Locale.ROOT), a -> {
                call.log(level, call.memory.text(a[0].asLong()));
                return null;
            });
        }
        add("get_log_level", _ -> INFO);
    }
}
