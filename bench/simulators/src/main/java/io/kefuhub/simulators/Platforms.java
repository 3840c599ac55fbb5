package io.kefuhub.simulators;

import io.kefuhub.simulators.feishu.Feishu;
import io.kefuhub.simulators.wecom.WeCom;
import java.util.Map;
import java.util.function.Function;

/** Every platform that can be simulated, by the word for it. */
final class Platforms {
    static final Map<String, Function<Scene, Platform>> ALL = Map.of("wecom", WeCom::new, "feishu", Feishu::new);

    private Platforms() {}
}
