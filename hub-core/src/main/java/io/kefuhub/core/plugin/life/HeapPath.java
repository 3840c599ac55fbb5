package io.kefuhub.core.plugin.life;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.netbeans.lib.profiler.heap.Heap;
import org.netbeans.lib.profiler.heap.HeapFactory;
import org.netbeans.lib.profiler.heap.Instance;
import org.netbeans.lib.profiler.heap.JavaFrameGCRoot;
import org.netbeans.lib.profiler.heap.ObjectFieldValue;
import org.netbeans.lib.profiler.heap.PrimitiveArrayInstance;

/**
 * Finds in a dump of the hub's heap on which ways class loaders are reached that should be gone. A program of its own,
 * because reading a dump takes memory that the hub needs for its work. One thread only.
 */
final class HeapPath {
    private static final int LONGEST = 200;
    private static final String CLASS = "java.lang.Class";
    /** Cells of collections, which tell nobody anything. */
    private static final Pattern CELLS = Pattern.compile("java\\.util\\..*\\$[A-Za-z]*(Node|Entry)|.*\\[]");

    private final Heap heap;

    private HeapPath(Heap heap) {
        this.heap = heap;
    }

    /** {@code DUMP NUMBER...}: prints the way to each number's, a line for a step: the number and what it is, root first. */
    public static void main(String[] arguments) throws IOException {
        var path = new HeapPath(HeapFactory.createHeap(new File(arguments[0])));
        for (var i = 1; i < arguments.length; i++) {
            var number = arguments[i];
            path.loader(Long.parseLong(number))
                    .map(path::to)
                    .ifPresent(steps -> steps.forEach(step -> System.out.println(number + " " + step)));
        }
    }

    /** What is looked for is referred to weakly, so that who looks holds nothing. */
    private Optional<Instance> loader(long number) {
        var type = heap.getJavaClassByName(Departures.Gone.class.getName());
        if (type == null) return Optional.empty();
        for (var one : (List<?>) type.getInstances()) {
            var gone = (Instance) one;
            if (!Long.valueOf(number).equals(gone.getValueOfField("number"))) continue;
            var reference = (Instance) gone.getValueOfField("loader");
            return Optional.ofNullable((Instance) reference.getValueOfField("referent"));
        }
        return Optional.empty();
    }

    private List<String> to(Instance loader) {
        var steps = new ArrayList<String>();
        var at = loader;
        for (var i = 0; i < LONGEST && !isRoot(at); i++) {
            var from = at.getNearestGCRootPointer();
            if (from == null) break;
            // That its class leads to its loader goes without saying.
            var isClassOfLoader = at.equals(loader) && isClass(from);
            if (!isClassOfLoader && !CELLS.matcher(name(from)).matches()) steps.add(step(from, at));
            at = from;
        }
        thread(at).map(HeapPath::words).ifPresent(steps::add);
        return steps.reversed();
    }

    /** The thread that a root is, or in a variable of which it stands. */
    private Optional<Instance> thread(Instance root) {
        if (isThread(root)) return Optional.of(root);
        return heap.getGCRoot(root) instanceof JavaFrameGCRoot frame && frame.getThreadGCRoot() != null
                ? Optional.of(frame.getThreadGCRoot().getInstance())
                : Optional.empty();
    }

    private static String words(Instance thread) {
        return "thread " + text((Instance) thread.getValueOfField("name"));
    }

    private static boolean isRoot(Instance at) {
        return at.isGCRoot() && !isClass(at) || at.equals(at.getNearestGCRootPointer());
    }

    private String step(Instance from, Instance to) {
        if (!isClass(from))
            return field(from.getFieldValues(), to)
                    .map(name -> name(from) + "." + name)
                    .orElseGet(() -> name(from));
        var type = heap.getJavaClassByID(from.getInstanceId());
        if (type == null) return CLASS;
        return field(type.getStaticFieldValues(), to)
                .map(name -> "static " + type.getName() + "." + name)
                .orElseGet(() -> "class " + type.getName());
    }

    private static Optional<String> field(List<?> values, Instance held) {
        return values.stream()
                .filter(ObjectFieldValue.class::isInstance)
                .map(ObjectFieldValue.class::cast)
                .filter(value -> held.equals(value.getInstance()))
                .map(value -> value.getField().getName())
                .findFirst();
    }

    private static boolean isClass(Instance instance) {
        return name(instance).equals(CLASS);
    }

    private static boolean isThread(Instance instance) {
        for (var type = instance.getJavaClass(); type != null; type = type.getSuperClass()) {
            if (type.getName().equals("java.lang.Thread")) return true;
        }
        return false;
    }

    private static String name(Instance instance) {
        return instance.getJavaClass().getName();
    }

    private static String text(@Nullable Instance string) {
        if (string == null || !(string.getValueOfField("value") instanceof PrimitiveArrayInstance bytes)) return "";
        var isWide = Byte.valueOf((byte) 1).equals(string.getValueOfField("coder"));
        if (isWide) return "";
        var text = new StringBuilder();
        for (var one : (List<?>) bytes.getValues()) text.append((char) (Integer.parseInt((String) one) & 0xFF));
        return text.toString();
    }
}
