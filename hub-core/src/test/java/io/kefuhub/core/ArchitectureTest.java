package io.kefuhub.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The map of the rooms, as ARCHITECTURE.md draws it. */
class ArchitectureTest {
    private static final String CORE = "io.kefuhub.core.";
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("audit", "access", "web", "http", "files", "database", "cluster", "telemetry", "config", "waiting"),
            Set.of("conversation", "plugin", "rules"),
            Set.of("delivery", "filtering", "models", "translation"),
            Set.of("intake", "answering", "desk", "gateway", "replay", "admin"),
            Set.of("provisioning"));
    private static final Pattern NAMES_THAT_SAY_NOTHING = Pattern.compile(".*(Utils?|Helpers?|Manager|Impl)");
    private static final Set<String> STATEMENTS = Set.of(
            "createQuery", "createUpdate", "createBatch", "prepareBatch", "createScript", "createCall", "execute");

    private static final Set<String> ASKED = Set.of(
            "io.kefuhub.api.channel.Channel",
            "io.kefuhub.api.filter.Filter",
            "io.kefuhub.api.respond.Responder",
            "io.kefuhub.api.ai.AiProvider",
            "io.kefuhub.api.translate.Translator",
            "io.kefuhub.api.directory.Directory",
            "io.kefuhub.api.channel.Timeline$Follower",
            "io.kefuhub.api.web.SocketHandler",
            "io.kefuhub.api.web.WebReply$EventSource",
            "io.kefuhub.api.HubPlugin");

    private static final JavaClasses HUB = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.kefuhub.core");
    private static final JavaClasses API = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("/kit/"))
            .importPackages("io.kefuhub.api");

    @Test
    void every_room_has_a_level() {
        classes()
                .that()
                .resideOutsideOfPackage("io.kefuhub.core")
                .should()
                .resideInAnyPackage(LEVELS.stream()
                        .flatMap(Set::stream)
                        .map(room -> CORE + room + "..")
                        .toArray(String[]::new))
                .check(HUB);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void nobody_knows_a_room_above(int level) {
        for (var above = level + 1; above < LEVELS.size(); above++) {
            allow(noClasses()
                    .that(inRooms(LEVELS.get(level)))
                    .should()
                    .dependOnClassesThat(inRooms(LEVELS.get(above))));
        }
        allow(noClasses()
                .that(inRooms(LEVELS.get(level)))
                .should()
                .dependOnClassesThat(resideInAPackage("io.kefuhub.core")));
    }

    @Test
    void rooms_know_each_other_in_one_direction_only() {
        allow(slices().matching(CORE + "(*)..").should().beFreeOfCycles());
    }

    @ParameterizedTest
    @ValueSource(strings = {"intake", "answering", "desk", "gateway", "replay", "admin"})
    void the_rooms_of_the_top_do_not_know_each_other(String room) {
        var others = LEVELS.get(3).stream().filter(other -> !other.equals(room)).toArray(String[]::new);
        allow(noClasses().that(inRooms(Set.of(room))).should().dependOnClassesThat(inRooms(Set.of(others))));
    }

    @Test
    void conversations_and_plugins_do_not_know_each_other() {
        allow(noClasses()
                .that(inRooms(Set.of("conversation")))
                .should()
                .dependOnClassesThat(inRooms(Set.of("plugin"))));
        allow(noClasses()
                .that(inRooms(Set.of("plugin")))
                .should()
                .dependOnClassesThat(inRooms(Set.of("conversation"))));
    }

    @Test
    void each_big_library_stays_in_its_room() {
        var homes = Map.of(
                "org.pf4j..", "plugin.jar",
                "org.apache.poi..", "answering.documents.reading",
                "org.apache.xmlbeans..", "answering.documents.reading",
                "org.openxmlformats..", "answering.documents.reading",
                "org.graalvm..", "plugin.wasm",
                "okhttp3..", "http",
                "okio..", "http",
                "org.flywaydb..", "database",
                "com.zaxxer.hikari..", "database");
        homes.forEach((library, room) -> allow(noClasses()
                .that()
                .resideOutsideOfPackage(CORE + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)));
    }

    @Test
    void only_web_and_routes_know_the_web_server() {
        allow(noClasses()
                .that()
                .resideOutsideOfPackage(CORE + "web..")
                .and(are(
                        "not part of Routes",
                        type -> !outermost(type).getSimpleName().endsWith("Routes")))
                .should()
                .dependOnClassesThat(resideInAnyPackage("io.javalin..", "jakarta.servlet..", "org.eclipse.jetty..")));
    }

    @Test
    void only_stores_speak_sql() {
        allow(noClasses()
                .that()
                .resideOutsideOfPackage(CORE + "database..")
                .and(are("no stores, whose names are plurals", type -> {
                    var name = outermost(type).getSimpleName();
                    return !name.endsWith("s") && !name.endsWith("Log") && !name.equals("People");
                }))
                .should()
                .callMethodWhere(access(
                        "makes a statement",
                        call -> call.getTargetOwner().getName().startsWith("org.jdbi.")
                                && STATEMENTS.contains(call.getName()))));
    }

    /** The web room may: what it is handed by its socket door stands behind the guard already. */
    @Test
    void foreign_code_is_asked_by_the_guard_alone() {
        allow(noClasses()
                .that()
                .resideOutsideOfPackages(CORE + "plugin..", CORE + "web..")
                .should()
                .callMethodWhere(access(
                        "asks a plugin",
                        call -> ASKED.contains(call.getTargetOwner().getName())
                                && !call.getOriginOwner()
                                        .isAssignableTo(call.getTargetOwner().getName()))));
    }

    @Test
    void the_clock_and_the_environment_are_handed_in() {
        allow(noClasses()
                .that()
                .resideOutsideOfPackage(CORE + "config..")
                .and()
                .doNotHaveFullyQualifiedName(CORE + "Main")
                .should()
                .callMethodWhere(access("reads clock or environment", ArchitectureTest::readsTheWorld)));
    }

    private static boolean readsTheWorld(JavaAccess<?> call) {
        var owner = call.getTargetOwner();
        if (owner.isEquivalentTo(System.class)) {
            return call.getName().equals("getenv") || call.getName().equals("currentTimeMillis");
        }
        if (call.getName().equals("now")) return owner.getPackageName().equals(Instant.class.getPackageName());
        var makesClock = owner.isEquivalentTo(Clock.class) || owner.isEquivalentTo(InstantSource.class);
        return makesClock && call.getName().startsWith("system") && !isRoot(call.getOriginOwner());
    }

    @Test
    void every_name_says_something() {
        allow(noClasses()
                .should(com.tngtech.archunit.lang.conditions.ArchConditions.be(describe(
                        "named Util, Helper, Manager or Impl",
                        (JavaClass type) -> NAMES_THAT_SAY_NOTHING
                                .matcher(type.getSimpleName())
                                .matches()))));
        allow(noClasses()
                .should()
                .resideInAnyPackage("..util..", "..helper..", "..impl..", "..service..", "..dto..", "..controller.."));
    }

    @Test
    void the_plugin_api_needs_the_jdk_alone() {
        allow(
                classes()
                        .should()
                        .onlyDependOnClassesThat(resideInAnyPackage("io.kefuhub.api..", "java..", "org.jspecify..")),
                API);
    }

    private static void allow(ArchRule rule) {
        allow(rule, HUB);
    }

    private static void allow(ArchRule rule, JavaClasses types) {
        rule.allowEmptyShould(true).check(types);
    }

    /** The composition root makes the clock that it hands to everybody. */
    private static boolean isRoot(JavaClass type) {
        return type.getPackageName().equals("io.kefuhub.core");
    }

    private static JavaClass outermost(JavaClass type) {
        return type.getEnclosingClass().map(ArchitectureTest::outermost).orElse(type);
    }

    private static DescribedPredicate<JavaClass> inRooms(Set<String> rooms) {
        return resideInAnyPackage(rooms.stream().map(room -> CORE + room + "..").toArray(String[]::new));
    }

    private static DescribedPredicate<JavaClass> are(
            String description, java.util.function.Predicate<JavaClass> those) {
        return describe(description, those);
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaMethodCall> access(
            String description, java.util.function.Predicate<JavaAccess<?>> those) {
        return describe(description, those::test);
    }
}
