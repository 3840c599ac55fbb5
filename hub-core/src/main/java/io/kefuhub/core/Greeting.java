package io.kefuhub.core;

import io.kefuhub.core.access.FirstOwner;
import io.kefuhub.core.config.HubConfig;
import java.io.PrintStream;
import java.util.Optional;

/** What the hub says when it serves: where to go, and who may come in first. */
record Greeting(HubConfig config, int port, Optional<FirstOwner> owner) {
    void print(PrintStream out) {
        var address = config.publicUrl().getPort() == 0
                ? "http://localhost:" + port
                : config.publicUrl().toString();
        out.println();
        out.println("Kefu Hub is ready · 客服中枢已就绪");
        out.println("  Console · 控制台   " + address + "/console");
        if (config.demo()) out.println("  Demo shop · 演示   " + address + "/chat");
        owner.ifPresent(first -> {
            out.println("  Sign in as · 登录名  " + first.login());
            out.println("  Password · 一次性密码 " + first.password() + "   (you will be asked to change it · 首次登录需修改)");
        });
        out.println();
        out.flush();
    }
}
