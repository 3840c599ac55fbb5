package io.kefuhub.simulators;

import java.net.URI;

/** What is said at the start: where to look and what to enter. */
final class Greeting {
    private Greeting() {}

    static String of(Simulator simulator, URI hub) {
        var text = new StringBuilder();
        var title = simulator.platform().title();
        var setUp = simulator.platform().setUp();
        text.append(title.en())
                .append(" is simulated at ")
                .append(simulator.address())
                .append("\n");
        text.append("Open it in a browser. It calls the hub at ").append(hub).append(".\n\n");
        text.append("In the hub, add a channel and enter:\n");
        for (var form : setUp.forms()) {
            text.append("\n  ")
                    .append(form.title().en())
                    .append(" (")
                    .append(form.type())
                    .append(")\n");
            form.fields()
                    .forEach((name, value) -> text.append("    ")
                            .append(name)
                            .append(" ".repeat(Math.max(1, 20 - name.length())))
                            .append(value)
                            .append('\n'));
        }
        text.append("\nOr save this as conf/simulated.yaml in the hub's home:\n\n");
        setUp.yaml().lines().forEach(line -> text.append("  ").append(line).append('\n'));
        return text.append('\n').toString();
    }
}
