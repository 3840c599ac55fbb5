package io.kefuhub.core.plugin;

import io.kefuhub.core.web.Words;
import java.util.Arrays;
import java.util.List;

/**
 * Why a plugin is not taken: what is wrong and, where that is known, what to do. For an admin's eyes. Immutable.
 *
 * @param values what stands in the words, in their order; made fit to be shown, since some come out of the plugin
 */
public record Refusal(Why why, List<String> values) {
    private static final int LONGEST = 300;

    public Refusal {
        values = values.stream().map(Refusal::shown).toList();
    }

    public static Refusal of(Why why, Object... values) {
        return new Refusal(why, Arrays.stream(values).map(String::valueOf).toList());
    }

    /** For programs; never changes. */
    public String code() {
        return why.code;
    }

    public Words words() {
        return why.words.with(values.toArray());
    }

    private static String shown(String value) {
        var plain = value.replaceAll("\\p{Cntrl}|\\p{Cf}", " ").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST) + "…";
    }

    /** Every reason there is. */
    public enum Why {
        NOT_A_JAR("not-a-jar", "It is no jar, or was copied only in part: copy it again", "它不是 jar 文件，或者只复制了一部分：请重新复制"),
        DAMAGED("damaged", "Its entry %s is damaged: copy the file again", "其中的 %s 已损坏：请重新复制该文件"),
        FILE_TOO_LARGE(
                "file-too-large",
                "The file has more than %s MiB: leave out what the plugin does not need",
                "文件超过 %s MiB：请去掉插件用不到的内容"),
        TOO_MANY_ENTRIES(
                "too-many-entries",
                "It has %s entries, more than %s: leave out what the plugin does not need",
                "它有 %s 个条目，超过 %s 个：请去掉插件用不到的内容"),
        ENTRY_TOO_LARGE("entry-too-large", "Its entry %s unpacks to more than %s MiB", "其中的 %s 解压后超过 %s MiB"),
        UNPACKED_TOO_LARGE("unpacked-too-large", "It unpacks to more than %s MiB", "它解压后超过 %s MiB"),
        PACKED_TOO_TIGHTLY(
                "packed-too-tightly",
                "Its entry %s unpacks to more than %s times its size, as a zip bomb does",
                "其中的 %s 解压后超过原来的 %s 倍，像压缩炸弹"),
        UNSAFE_NAME(
                "unsafe-name",
                "Its entry %s has a name that leads out of the jar: build it with usual tools",
                "其中的 %s 的名称指向 jar 之外：请用常用工具重新打包"),
        DOUBLED_NAME("doubled-name", "It has the entry %s twice: build it with usual tools", "其中的 %s 出现了两次：请用常用工具重新打包"),
        NO_MANIFEST(
                "no-manifest",
                "It has no META-INF/MANIFEST.MF, so it is no plugin of this hub",
                "它没有 META-INF/MANIFEST.MF，不是本系统的插件"),
        UNREADABLE_MANIFEST(
                "unreadable-manifest",
                "Its META-INF/MANIFEST.MF is not written as a manifest is",
                "它的 META-INF/MANIFEST.MF 格式不正确"),
        MANIFEST_LACKS("manifest-lacks", "Its manifest lacks %s; one such as %s is expected", "它的清单缺少 %s，应填写例如 %s"),
        MANIFEST_UNUSABLE(
                "manifest-unusable",
                "Its manifest has an unusable %s: %s; one such as %s is expected",
                "它的清单中的 %s 无法使用：%s；应填写例如 %s"),
        REACHES_OUT(
                "reaches-out",
                "Its manifest has a %s: a plugin brings its libraries inside its own jar",
                "它的清单中有 %s：插件必须把依赖的库打进自己的 jar"),
        LIBRARY_IS_PLUGIN(
                "library-is-plugin",
                "Its manifest's Plugin-Libraries names %s, in which its own Plugin-Class %s is: name packages of libraries"
                        + " only",
                "它的清单中 Plugin-Libraries 列出的 %s 包含了插件自己的 Plugin-Class %s：只能列出依赖库的包"),
        LIBRARY_NOT_THERE(
                "library-not-there",
                "Its manifest's Plugin-Libraries names %s, and no class in the jar is there: name it as it is called in the"
                        + " jar",
                "它的清单中 Plugin-Libraries 列出了 %s，但 jar 中没有该包的类：请填写 jar 中实际的包名"),
        LIBRARY_KNOWS_PLUGIN(
                "library-knows-plugin",
                "Its class %s stays loaded, by Plugin-Libraries, and refers to %s, which does not: name both or neither",
                "类 %s 按 Plugin-Libraries 会一直保留在内存中，却引用了不会保留的类 %s：请把两者都列入，或都不列入"),
        OTHER_API(
                "other-api",
                "It requires version %s of the plugin API, and this hub has %s: use a version of the plugin made for"
                        + " this hub, or a newer hub",
                "它需要的插件 API 版本是 %s，而本系统是 %s：请使用适合本系统的插件版本，或升级本系统"),
        NO_PLUGIN_CLASS("no-plugin-class", "Its Plugin-Class %s is not in the jar", "jar 中没有它的 Plugin-Class %s"),
        CLASS_TOO_NEW(
                "class-too-new",
                "Its class %s is made for Java %s, and this hub runs on Java %s: use a version of the plugin made for"
                        + " this Java, or start the hub with a newer one",
                "其中的类 %s 需要 Java %s，而本系统运行在 Java %s 上：请使用适合此 Java 的插件版本，或用更新的 Java 启动本系统"),
        CLASS_WITH_PREVIEW(
                "class-with-preview",
                "Its class %s uses preview features of Java %s, which this hub does not switch on",
                "其中的类 %s 使用了 Java %s 的预览功能，而本系统没有开启"),
        CLASS_UNREADABLE(
                "class-unreadable",
                "Its class %s is no class that Java could read: build the jar again",
                "其中的类 %s 不是 Java 能读取的类：请重新构建"),
        FORBIDDEN_CALL(
                "forbidden-call",
                "Its class %s calls %s, which a plugin may only when its manifest asks for it: Plugin-Permissions: %s",
                "其中的类 %s 调用了 %s：插件必须在清单中声明才可以这样做：Plugin-Permissions: %s"),
        NATIVE_METHOD(
                "native-method",
                "Its class %s has the native method %s, which a plugin may only when its manifest asks for it:"
                        + " Plugin-Permissions: %s",
                "其中的类 %s 带有本地方法 %s：插件必须在清单中声明才可以这样做：Plugin-Permissions: %s"),
        UNSIGNED(
                "unsigned",
                "It is not signed, and this hub takes signed plugins only: have it signed by somebody whose certificate"
                        + " is in conf/trust",
                "它没有签名，而本系统只接受有签名的插件：请让证书位于 conf/trust 的签名者签名"),
        SIGNER_NOT_TRUSTED(
                "signer-not-trusted",
                "Its signer %s (SHA-256 %s) is not trusted: if you trust it, put its certificate into conf/trust",
                "它的签名者 %s（SHA-256 %s）不受信任：如果您信任该签名者，请把其证书放入 conf/trust"),
        SIGNER_OUT_OF_DATE(
                "signer-out-of-date",
                "The certificate of its signer %s (SHA-256 %s) is not valid at this time, and no trusted time stamp says"
                        + " that it was when it signed: have it signed again",
                "它的签名者 %s 的证书（SHA-256 %s）当前不在有效期内，也没有可信时间戳证明签名时有效：请重新签名"),
        SIGNER_NOT_FOR_CODE(
                "signer-not-for-code",
                "The certificate of its signer %s (SHA-256 %s) is not meant for signing code: use one that is",
                "它的签名者 %s 的证书（SHA-256 %s）不能用于代码签名：请换用代码签名证书"),
        CHANGED_ENTRY(
                "changed-entry",
                "Its entry %s was changed after it was signed: do not trust this file, and get it from its maker again",
                "其中的 %s 在签名之后被改动：请不要信任该文件，并从作者处重新获取"),
        ADDED_ENTRY(
                "added-entry",
                "Its entry %s is not signed though others are, so it may have been added by somebody else: get the file"
                        + " from its maker again",
                "其中的 %s 没有签名，而其他条目有，可能是被他人加入的：请从作者处重新获取该文件"),
        REMOVED_ENTRY(
                "removed-entry",
                "Its entry %s was taken out after it was signed: get the file from its maker again",
                "其中的 %s 在签名之后被删去：请从作者处重新获取该文件"),
        BROKEN_SIGNATURE(
                "broken-signature",
                "Its signature does not hold: it was changed, was made in a way that is not safe any more, or is left"
                        + " over from a library inside (leave META-INF/*.SF and *.RSA out when packing libraries)",
                "它的签名无效：可能被改动过、使用了已不安全的算法，或是所含库遗留的签名（打包库时请去掉 META-INF/*.SF 和 *.RSA）"),
        CASES_TOO_LARGE("cases-too-large", "Its golden cases in %s have more than %s KiB", "它的黄金用例文件 %s 超过 %s KiB"),
        TOO_MANY_CASES(
                "too-many-cases", "It has more than %s golden cases or %s files of them", "它的黄金用例超过 %s 个，或文件超过 %s 个"),
        CASES_NOT_JSON(
                "cases-not-json",
                "Its golden cases in %s are no JSON object; look at line %s",
                "它的黄金用例文件 %s 不是 JSON 对象：请检查第 %s 行"),
        CASE_LACKS("case-lacks", "Its golden cases lack a field, in %s: %s", "它的黄金用例缺少字段，位于 %s：%s"),
        CASE_UNKNOWN(
                "case-unknown", "Its golden cases have a field that nobody knows, in %s: %s", "它的黄金用例含有未知字段，位于 %s：%s"),
        CASE_UNUSABLE(
                "case-unusable",
                "Its golden cases have an unusable value, in %s: %s is %s; one such as %s is expected",
                "它的黄金用例的值无法使用，位于 %s：%s 为 %s；应填写例如 %s"),
        CASES_NOT_OFFERED(
                "cases-not-offered",
                "Its golden cases in %s are for the %s %s, which it does not offer",
                "它的黄金用例文件 %s 针对的是 %s %s，但它并未提供"),
        CASES_NOT_MADE(
                "cases-not-made",
                "Its golden cases in %s cannot be asked, since no instance can be made with their settings: %s",
                "无法运行它的黄金用例文件 %s：用其中的设置不能创建实例：%s"),
        CASES_TOO_SLOW(
                "cases-too-slow",
                "Its golden cases take too long: time was up in %s, at “%s”",
                "它的黄金用例耗时过长：运行到 %s 的“%s”时已超时"),
        CASE_FAILED(
                "case-failed",
                "Its golden case “%s” in %s fails: expected is %s, and it answers %s",
                "它的黄金用例“%s”（%s）未通过：期望 %s，实际 %s"),
        NOT_WASM(
                "not-wasm",
                "It is no WASM module, or was copied only in part: copy it again",
                "它不是 WASM 模块，或者只复制了一部分：请重新复制"),
        WASM_DAMAGED("wasm-damaged", "It is no WASM module that could be read: %s", "无法读取该 WASM 模块：%s"),
        WASM_IMPORTS_DATA(
                "wasm-imports-data",
                "It imports %s, which is no function: a module brings its memory, tables and globals itself",
                "它导入了 %s，但那不是函数：模块必须自带内存、表和全局变量"),
        WASM_UNKNOWN_IMPORT(
                "wasm-unknown-import",
                "It imports %s, which the hub does not offer; there is %s",
                "它导入了本系统不提供的 %s；可用的有 %s"),
        WASM_OTHER_IMPORT(
                "wasm-other-import",
                "It imports %s as %s, and the hub offers it as %s: use a kit for Extism 1.x",
                "它把 %s 当作 %s 导入，而本系统提供的是 %s：请使用 Extism 1.x 的开发包"),
        WASM_OTHER_MEMORY(
                "wasm-other-memory",
                "Its memory or table is of a kind that is not taken: %s; one of 32 bits that is not shared is",
                "它的内存或表的类型不受支持：%s；只支持一个 32 位、非共享的内存"),
        WASM_MEMORY_TOO_LARGE(
                "wasm-memory-too-large",
                "Its memory begins with %s pages of 64 KiB, more than the %s it may have: build it with less, or ask for"
                        + " more with memoryPages in its manifest",
                "它的内存初始为 %s 页（每页 64 KiB），超过允许的 %s 页：请减小内存，或在清单中用 memoryPages 申请更多"),
        WASM_TABLE_TOO_LARGE(
                "wasm-table-too-large",
                "Its table begins with %s entries, more than the %s it may have",
                "它的表初始为 %s 项，超过允许的 %s 项"),
        WASM_NO_ENTRY(
                "wasm-no-entry",
                "It does not export %s, a function without parameters that returns an i32; it exports %s",
                "它没有导出 %s（无参数、返回 i32 的函数）；它导出的是 %s"),
        WASM_DOES_NOT_RUN("wasm-does-not-run", "It does not run: %s", "它无法运行：%s"),
        WASM_MANIFEST(
                "wasm-manifest", "Its manifest has an unusable %s: %s; expected is %s", "它的清单中的 %s 无法使用：%s；应为 %s"),
        WASM_MANIFEST_UNREADABLE(
                "wasm-manifest-unreadable",
                "Its manifest is no JSON object that could be read; look at line %s",
                "它的清单不是可读取的 JSON 对象：请检查第 %s 行"),
        WASM_MANIFEST_UNKNOWN(
                "wasm-manifest-unknown",
                "Its manifest has a field that nobody knows: %s; there are %s",
                "它的清单含有未知字段：%s；可用的有 %s"),
        OTHER_KIND_OF_FILE(
                "other-kind-of-file",
                "Its name %s is that of a plugin which comes as %s: choose another name",
                "名称 %s 已属于以 %s 形式提供的插件：请换一个名称"),
        SECRET_NOT_ASKED_FOR(
                "secret-not-asked-for",
                "Its %s wants a secret, %s, which a plugin may only when its manifest asks for it: %s: yes",
                "其中的 %s 需要密钥类设置 %s：插件必须在清单中声明才可以这样做：%s: yes"),
        CANNOT_BE_LOADED("cannot-be-loaded", "It cannot be loaded: %s", "无法加载：%s"),
        DOES_NOT_START("does-not-start", "It does not start: %s", "它无法启动：%s");

        private final String code;
        private final Words words;

        Why(String code, String en, String zh) {
            this.code = code;
            this.words = new Words(en, zh);
        }
    }
}
