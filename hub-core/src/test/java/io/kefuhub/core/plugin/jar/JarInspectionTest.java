package io.kefuhub.core.plugin.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kefuhub.api.HubPlugin;
import io.kefuhub.api.Language;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.Refusal;
import io.kefuhub.core.plugin.Refusal.Why;
import io.kefuhub.core.plugin.RefusedException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JarInspectionTest {
    private final JarInspection inspection = new JarInspection(false, Path.of("nowhere"), InstantSource.system());

    @TempDir
    Path folder;

    @Test
    void a_good_jar_says_what_it_is() throws Exception {
        var inspected = inspect(good().manifest("Plugin-Title", "Shout")
                .manifest("Plugin-Title-zh", "大写")
                .manifest("Plugin-Provider", "Example Ltd")
                .manifest("Plugin-Description", "Says it louder")
                .manifest("Plugin-Description-zh", "更大声地说"));

        var about = inspected.about();
        assertThat(about.id()).isEqualTo("shout");
        assertThat(about.version()).isEqualTo("1.2.0");
        assertThat(about.mainClass()).isEqualTo("ext.ThePlugin");
        assertThat(about.requires()).isEqualTo(">=1.0.0 & <2.0.0");
        assertThat(about.provider()).isEqualTo("Example Ltd");
        assertThat(about.titles()).isEqualTo(Map.of(Language.EN, "Shout", Language.ZH_CN, "大写"));
        assertThat(about.descriptions()).isEqualTo(Map.of(Language.EN, "Says it louder", Language.ZH_CN, "更大声地说"));
        assertThat(inspected.warnings()).isEmpty();
    }

    @Test
    void a_jar_that_names_no_title_is_called_by_its_id() throws Exception {
        var about = inspect(good()).about();

        assertThat(about.titles()).isEqualTo(Map.of(Language.EN, "shout"));
        assertThat(about.descriptions()).isEmpty();
        assertThat(about.provider()).isEmpty();
    }

    @Test
    void bytes_that_were_read_before_are_not_read_again() throws Exception {
        var jar = built(good());
        var first = inspection.inspect(jar, "its hash");

        Files.writeString(jar, "nobody looks into it");

        assertThat(inspection.inspect(jar, "its hash")).isEqualTo(first);
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> inspection.inspect(jar, "another hash"));
    }

    // The file

    @Test
    void something_that_is_no_jar_is_refused() throws Exception {
        assertRefused(Files.writeString(folder.resolve("a.jar"), "this is no zip"), Why.NOT_A_JAR);
        assertRefused(Files.createFile(folder.resolve("b.jar")), Why.NOT_A_JAR);
    }

    @Test
    void a_half_copied_jar_is_refused() throws Exception {
        var whole = Files.readAllBytes(built(good()));

        assertRefused(Files.write(folder.resolve("half.jar"), Arrays.copyOf(whole, whole.length / 2)), Why.NOT_A_JAR);
        var reserved = Arrays.copyOf(Arrays.copyOf(whole, whole.length / 2), whole.length);
        assertRefused(Files.write(folder.resolve("reserved.jar"), reserved), Why.NOT_A_JAR);
    }

    @Test
    void a_jar_with_a_hole_in_it_is_refused() throws Exception {
        var jar = built(good().file("data.bin", noise(100_000)));
        var bytes = Files.readAllBytes(jar);
        var hole = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("data.bin") + 40_000;
        Arrays.fill(bytes, hole, hole + 4_096, (byte) 0);

        assertRefused(Files.write(jar, bytes), Why.DAMAGED, "data.bin");
    }

    @Test
    void a_file_that_is_too_large_is_refused_without_being_read() throws Exception {
        var jar = folder.resolve("large.jar");
        try (var file = new RandomAccessFile(jar.toFile(), "rw")) {
            file.setLength(128L * Zips.MIB + 1);
        }

        assertRefused(jar, Why.FILE_TOO_LARGE, "128");
    }

    @Test
    void too_many_entries_are_refused() throws Exception {
        var jar = good();
        for (var i = 0; i < 20_000; i++) jar.file("data/" + i, new byte[0]);

        assertRefused(jar, Why.TOO_MANY_ENTRIES, "20004", "20000");
    }

    @Test
    void an_entry_that_unpacks_to_too_much_is_refused() throws Exception {
        var jar = built(good());
        Zips.addPacked(jar, Map.of("large.bin", Zips.packed(folder, 65)));

        assertRefused(jar, Why.ENTRY_TOO_LARGE, "large.bin", "64");
    }

    @Test
    void a_jar_that_unpacks_to_too_much_in_all_is_refused() throws Exception {
        var jar = built(good());
        var one = Zips.packed(folder, 60);
        var nine = new TreeMap<String, Path>();
        for (var i = 1; i <= 9; i++) nine.put("large" + i + ".bin", one);
        Zips.addPacked(jar, nine);

        assertRefused(jar, Why.UNPACKED_TOO_LARGE, "512");
    }

    @Test
    void a_zip_bomb_is_refused() throws Exception {
        var jar = built(good());
        Zips.addPacked(jar, Map.of("bomb.bin", Zips.bomb(folder, 2)));

        assertRefused(jar, Why.PACKED_TOO_TIGHTLY, "bomb.bin", "200");
    }

    @Test
    void a_zip_bomb_that_lies_about_its_size_is_refused() throws Exception {
        var jar = built(good());
        Zips.addPacked(jar, Map.of("bomb.bin", Zips.bomb(folder, 50)));
        var size = ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(50 * Zips.MIB)
                .array();
        Zips.replace(jar, new String(size, StandardCharsets.ISO_8859_1), "d\0\0\0");

        assertRefused(jar, Why.PACKED_TOO_TIGHTLY, "bomb.bin", "200");
    }

    @Test
    void a_small_entry_may_shrink_as_much_as_it_likes() throws Exception {
        assertThat(inspect(good().file("zeros.bin", new byte[Zips.MIB])).about().id())
                .isEqualTo("shout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../up.txt", "a/../../up.txt", "a/..", "/etc/passwd", "C:/up.txt", "a\\up.txt", "a\nb.txt"})
    void a_name_that_leads_out_of_the_jar_is_refused(String name) throws Exception {
        assertRefused(good().file(name, new byte[] {1}), Why.UNSAFE_NAME, name.replace('\n', ' '));
    }

    @Test
    void a_name_with_dots_that_lead_nowhere_is_allowed() throws Exception {
        assertThat(inspect(good().file("a/..b/c...txt", new byte[] {1})).about().id())
                .isEqualTo("shout");
    }

    @Test
    void a_doubled_name_is_refused() throws Exception {
        var jar = built(good().file("data/a.txt", new byte[] {1}).file("data/b.txt", new byte[] {2}));
        Zips.replace(jar, "data/b.txt", "data/a.txt");

        assertRefused(jar, Why.DOUBLED_NAME, "data/a.txt");
    }

    // The manifest

    @Test
    void a_jar_without_a_manifest_is_refused() throws Exception {
        var jar = folder.resolve("bare.jar");
        try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("ext/ThePlugin.class"));
        }

        assertRefused(jar, Why.NO_MANIFEST);
    }

    @Test
    void a_manifest_that_is_none_is_refused() throws Exception {
        var jar = folder.resolve("odd.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
            out.write("Plugin-Id\n".getBytes(StandardCharsets.UTF_8));
        }

        assertRefused(jar, Why.UNREADABLE_MANIFEST);
    }

    @Test
    void a_second_manifest_that_another_reader_might_prefer_is_refused() throws Exception {
        assertRefused(good().file("meta-inf/Manifest.mf", new byte[] {'\n'}), Why.DOUBLED_NAME, "meta-inf/Manifest.mf");
    }

    @ParameterizedTest
    @CsvSource({
        "Plugin-Id, filter-shipping",
        "Plugin-Version, 1.2.3",
        "Plugin-Class, com.example.shipping.ShippingPlugin",
        "Plugin-Requires, >=1.0.0 & <2.0.0"
    })
    void a_field_that_is_missing_is_named_with_an_example(String field, String example) throws Exception {
        assertRefused(good().without(field), Why.MANIFEST_LACKS, field, example);
        assertRefused(good().manifest(field, " "), Why.MANIFEST_LACKS, field, example);
    }

    @ParameterizedTest
    @CsvSource({
        "Plugin-Id, ../up, filter-shipping",
        "Plugin-Id, hub, filter-shipping",
        "Plugin-Version, one, 1.2.3",
        "Plugin-Class, a b, com.example.shipping.ShippingPlugin",
        "Plugin-Requires, yes please, >=1.0.0 & <2.0.0"
    })
    void a_field_that_cannot_be_used_is_named_with_its_value_and_an_example(String field, String value, String example)
            throws Exception {
        assertRefused(good().manifest(field, value), Why.MANIFEST_UNUSABLE, field, value, example);
    }

    @Test
    void a_title_that_is_too_long_is_named() throws Exception {
        assertThat(refusal(built(good().manifest("Plugin-Title-zh", "大".repeat(121))))
                        .values())
                .contains("Plugin-Title-zh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Class-Path", "Plugin-Dependencies"})
    void a_jar_that_needs_others_is_refused(String field) throws Exception {
        assertRefused(good().manifest(field, "lib/other.jar"), Why.REACHES_OUT, field);
    }

    @Test
    void a_jar_says_which_libraries_stay_loaded() throws Exception {
        assertThat(inspect(keeping()).libraries().packages()).containsExactly("lib.shaded", "lib.other");
        assertThat(inspect(good()).libraries().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"new ext.Own()", "new ext.Own[1][2]", "ext.Own.class", "((Object) null) instanceof ext.Own"})
    void a_library_that_stays_loaded_must_not_refer_to_what_does_not(String use) throws Exception {
        var jar = keeping()
                .source("ext.Own", "package ext; public class Own {}")
                .source("lib.shaded.Curious", "package lib.shaded; class Curious { Object own = " + use + "; }");

        assertRefused(jar, Why.LIBRARY_KNOWS_PLUGIN, "lib.shaded.Curious", "ext.Own");
    }

    @Test
    void packages_of_libraries_must_be_in_the_jar_and_not_hold_the_plugin_itself() throws Exception {
        assertRefused(keeping().manifest("Plugin-Libraries", "lib.shade"), Why.LIBRARY_NOT_THERE, "lib.shade");
        assertRefused(keeping().manifest("Plugin-Libraries", "ext"), Why.LIBRARY_IS_PLUGIN, "ext", "ext.ThePlugin");
        assertRefused(
                keeping().manifest("Plugin-Libraries", "lib/shaded"),
                Why.MANIFEST_UNUSABLE,
                "Plugin-Libraries",
                "lib/shaded",
                "com.example.shaded");
    }

    private static PluginJar keeping() {
        return good().manifest("Plugin-Libraries", "lib.shaded, lib.other")
                .source("lib.shaded.Says", "package lib.shaded; class Says {}")
                .source("lib.other.deep.Is", "package lib.other.deep; class Is {}");
    }

    @Test
    void a_plugin_made_for_a_newer_api_is_refused_with_both_versions() throws Exception {
        assertRefused(
                good().manifest("Plugin-Requires", ">=2.0.0 & <3.0.0"), Why.OTHER_API, ">=2.0.0 & <3.0.0", "1.0.0");
    }

    @Test
    void a_plugin_class_that_is_not_in_the_jar_is_refused() throws Exception {
        assertRefused(good().manifest("Plugin-Class", "ext.Nothing"), Why.NO_PLUGIN_CLASS, "ext.Nothing");
    }

    // Classes

    @Test
    void a_class_made_for_a_newer_java_is_refused_with_both_versions() throws Exception {
        assertRefused(good().file("ext/Newer.class", classFile(0, 70)), Why.CLASS_TOO_NEW, "ext.Newer", "26", java());
    }

    @Test
    void a_class_for_a_newer_java_may_stand_aside_of_the_one_for_this() throws Exception {
        var jar = good().manifest("Multi-Release", "true")
                .file("META-INF/versions/26/ext/ThePlugin.class", classFile(0, 70));

        assertThat(inspect(jar).about().id()).isEqualTo("shout");
    }

    @Test
    void a_class_with_preview_features_is_refused() throws Exception {
        assertRefused(
                good().file("ext/Preview.class", classFile(65_535, 69)), Why.CLASS_WITH_PREVIEW, "ext.Preview", "25");
    }

    @Test
    void a_class_that_is_none_is_refused() throws Exception {
        assertRefused(good().file("ext/Odd.class", new byte[] {1, 2, 3}), Why.CLASS_UNREADABLE, "ext.Odd");
    }

    @Test
    void an_api_bundled_by_mistake_is_a_warning() throws Exception {
        var path = "io/kefuhub/api/HubPlugin.class";
        try (var in = HubPlugin.class.getClassLoader().getResourceAsStream(path)) {
            var jar = good().file(path, Objects.requireNonNull(in).readAllBytes());

            assertThat(inspect(jar).warnings()).singleElement().satisfies(words -> {
                assertThat(words.en()).contains("io.kefuhub.api.*", "the hub's are used instead");
                assertThat(words.zh()).contains("io.kefuhub.api.*");
            });
        }
    }

    // Permissions

    @Test
    void a_jar_that_asks_for_nothing_may_do_nothing_special() throws Exception {
        assertThat(inspect(good()).permissions()).isEqualTo(Permissions.NONE);
        assertThat(inspect(good().manifest("Plugin-Files", "no")).permissions()).isEqualTo(Permissions.NONE);
        assertThat(inspect(good().manifest("Plugin-Secrets", "no")).permissions())
                .isEqualTo(Permissions.NONE);
    }

    @Test
    void what_a_jar_asks_for_is_read() throws Exception {
        var permissions = inspect(good().manifest("Plugin-Hosts", "api.example.com,*.Example.org localhost:11434")
                        .manifest("Plugin-Files", "yes")
                        .manifest("Plugin-Secrets", "yes")
                        .manifest("Plugin-Permissions", "exit, exec"))
                .permissions();

        assertThat(permissions)
                .isEqualTo(new Permissions(
                        new AllowedHosts(List.of("api.example.com", "*.example.org", "localhost:11434")),
                        true,
                        true,
                        Set.of(Permissions.Ability.EXIT, Permissions.Ability.EXEC)));
    }

    @Test
    void a_permission_nobody_knows_is_refused() throws Exception {
        assertRefused(
                good().manifest("Plugin-Permissions", "exit, everything"),
                Why.MANIFEST_UNUSABLE,
                "Plugin-Permissions",
                "everything",
                "exit, exec, native");
    }

    @Test
    void secrets_are_asked_for_with_yes_or_not_at_all() throws Exception {
        assertThat(inspect(good().manifest("Plugin-Secrets", "yes")).permissions())
                .isEqualTo(new Permissions(AllowedHosts.NONE, false, true, Set.of()));
        assertRefused(
                good().manifest("Plugin-Secrets", "some"), Why.MANIFEST_UNUSABLE, "Plugin-Secrets", "some", "yes");
    }

    @Test
    void a_host_that_is_none_is_refused() throws Exception {
        assertRefused(
                good().manifest("Plugin-Hosts", "https://api.example.com/v1"),
                Why.MANIFEST_UNUSABLE,
                "Plugin-Hosts",
                "https://api.example.com/v1",
                "api.example.com, *.example.org");
    }

    @Test
    void files_are_asked_for_with_yes_or_no() throws Exception {
        assertRefused(good().manifest("Plugin-Files", "some"), Why.MANIFEST_UNUSABLE, "Plugin-Files", "some", "yes");
    }

    // Golden cases

    @Test
    void golden_cases_travel_in_the_jar() throws Exception {
        assertThat(inspect(good()).cases().count()).isZero();
        assertThat(inspect(good().file("META-INF/kefuhub/cases/some.json", cases("pass")))
                        .cases()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void golden_cases_that_cannot_be_understood_are_refused_by_file_and_case() throws Exception {
        assertRefused(
                good().file("META-INF/kefuhub/cases/some.json", cases("ignore")),
                Why.CASE_UNUSABLE,
                "some.json “one”",
                "action",
                "ignore",
                "pass, rewrite, hold, block");
        assertRefused(
                good().file("META-INF/kefuhub/cases/odd.json", new byte[] {'{', '\n', 'x'}),
                Why.CASES_NOT_JSON,
                "odd.json",
                "2");
    }

    private static byte[] cases(String action) {
        return """
                {"contribution": "shout", "cases": [
                  {"name": "one", "given": {"stage": "CUSTOMER_IN", "text": "x"}, "expect": {"action": "%s"}}]}""".formatted(action).getBytes(StandardCharsets.UTF_8);
    }

    private static PluginJar good() {
        return PluginJar.filter("shout", "1.2.0", "return Verdict.pass();");
    }

    private Path built(PluginJar jar) throws IOException {
        return jar.build(Files.createTempFile(folder, "plugin", ".jar"));
    }

    private Inspected inspect(PluginJar jar) throws IOException, RefusedException {
        return inspection.inspect(built(jar));
    }

    private void assertRefused(PluginJar jar, Why why, Object... values) throws IOException {
        assertRefused(built(jar), why, values);
    }

    private void assertRefused(Path jar, Why why, Object... values) {
        assertThat(refusal(jar)).isEqualTo(Refusal.of(why, values));
    }

    private Refusal refusal(Path jar) {
        return assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> inspection.inspect(jar))
                .actual()
                .refusal()
                .orElseThrow();
    }

    /** The beginning of a class file, as far as a version is told. */
    private static byte[] classFile(int minor, int major) {
        return ByteBuffer.allocate(64)
                .putInt(0xCAFEBABE)
                .putShort((short) minor)
                .putShort((short) major)
                .array();
    }

    private static String java() {
        return String.valueOf(Runtime.version().feature());
    }

    private static byte[] noise(int length) {
        var noise = new byte[length];
        new java.util.Random(7).nextBytes(noise);
        return noise;
    }
}
