package io.kefuhub.core.plugin.wasm.guest;

import java.io.OutputStream;
import java.util.HexFormat;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.io.ByteSequence;

/**
 * The thread on which the engines of this process compile guests. Whoever first has something for it starts it, and it is as
 * nice, and has as many processors, as that one. Left to guests, it ends after ten seconds of nothing to do, and the next guest
 * of those that are kept behind others would keep it there too.
 */
final class CompilerThread {
    /** A module with a function {@code f} that does nothing. */
    private static final byte[] NOTHING = HexFormat.of()
            .parseHex("0061736d01000000" + "010401600000" + "03020100" + "07050101660000" + "0a040102000b");

    private CompilerThread() {}

    /** Starts it from the calling thread, for as long as this process lives; once is enough. */
    static void start() {
        try (var engine = engine();
                var context =
                        Context.newBuilder(WasmEngine.LANGUAGE).engine(engine).build()) {
            var source = Source.newBuilder(WasmEngine.LANGUAGE, ByteSequence.create(NOTHING), "nothing")
                    .buildLiteral();
            context.eval(source).newInstance().getMember("exports").invokeMember("f");
        } catch (IllegalArgumentException _) {
            // The interpreter has no compiler, and knows of none of its options.
        }
    }

    private static Engine engine() {
        return Engine.newBuilder(WasmEngine.LANGUAGE)
                .out(OutputStream.nullOutputStream())
                .err(OutputStream.nullOutputStream())
                .allowExperimentalOptions(true)
                // The compiler is an expensive guest on small machines.
                .option("engine.CompilerThreads", "1")
                .option("engine.CompilerIdleDelay", "0")
                .option("engine.CompileImmediately", "true")
                .option("engine.BackgroundCompilation", "true")
                .option("engine.WarnInterpreterOnly", "false")
                .build();
    }
}
