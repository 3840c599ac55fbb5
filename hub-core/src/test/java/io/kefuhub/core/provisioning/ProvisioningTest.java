package io.kefuhub.core.provisioning;

import static io.kefuhub.core.answering.knowledge.KnowledgeRoom.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.kefuhub.api.ai.AiProvider;
import io.kefuhub.api.filter.Filter;
import io.kefuhub.api.respond.Responder;
import io.kefuhub.api.translate.Translator;
import io.kefuhub.core.access.Passwords;
import io.kefuhub.core.access.Person;
import io.kefuhub.core.access.Staff;
import io.kefuhub.core.answering.TurnTimes;
import io.kefuhub.core.answering.knowledge.KnowledgeRoom;
import io.kefuhub.core.conversation.ChannelInstance;
import io.kefuhub.core.conversation.ChannelInstances;
import io.kefuhub.core.conversation.Desk;
import io.kefuhub.core.conversation.Desks;
import io.kefuhub.core.database.Ids;
import io.kefuhub.core.http.AllowedHosts;
import io.kefuhub.core.models.catalogue.CatalogueKeeper;
import io.kefuhub.core.models.catalogue.Deployment;
import io.kefuhub.core.models.catalogue.PriceGate;
import io.kefuhub.core.models.catalogue.Priced;
import io.kefuhub.core.models.money.KeepingRules;
import io.kefuhub.core.models.money.MoneyRoom;
import io.kefuhub.core.plugin.Kind;
import io.kefuhub.core.plugin.Permissions;
import io.kefuhub.core.plugin.Terms;
import io.kefuhub.core.plugin.life.InstanceRows;
import io.kefuhub.core.plugin.life.InstanceSpec;
import io.kefuhub.core.plugin.life.StoredHost;
import io.kefuhub.core.rules.LiveRules;
import io.kefuhub.core.rules.RuleBook;
import io.kefuhub.core.rules.RuleValues;
import io.kefuhub.core.translation.TranslationRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisioningTest {
    private static final String SHOP = """
            desks:
              shop: {title: Shop}
            people:
              li.na: {name: 李娜, roles: [agent], desks: [shop], password: "${env:PASSWORD}"}
            channels:
              wk_demo: {type: web, desk: shop, settings: {token: "${file:token}"}}
            knowledge:
              - desk: shop
                file: faq.md
            settings:
              organisation: 松林
            """;

    private static final String CHAIN = """
            desks:
              shop: {title: Shop}
            plugins:
              channel-x: {allow: {hosts: [api.example.com], files: true, secrets: true}}
            filters:
              words:
                type: sensitive-words
                title: Our words
                desks: [shop]
                skip: [agent-out]
                deadline: 200ms
                whenFailed: hold
                order: -1
                settings: {list: [one, two]}
            responders:
              orders: {type: orders}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path conf;

    private final KnowledgeRoom room = new KnowledgeRoom();
    private final Ids ids = new Ids(room.clock);
    private final Staff staff = new Staff(room.database, room.audit, new Passwords(), ids, room.clock);
    private final AtomicInteger served = new AtomicInteger();
    private final AtomicInteger made = new AtomicInteger();
    private final Map<String, Permissions> allowed = new HashMap<>();
    private final StoredHost<Filter> filters = host(Kind.FILTER);
    private final StoredHost<Responder> responders = host(Kind.RESPONDER);
    private final StoredHost<AiProvider> providers = host(Kind.AI_PROVIDER);
    private final StoredHost<Translator> translators = host(Kind.TRANSLATOR);
    private final CatalogueKeeper catalogue =
            new CatalogueKeeper(room.database, room.audit, room.clock, Deployment::instance);
    private final LiveRules rules =
            new LiveRules(new RuleBook(List.of(TurnTimes.RULES)), room.database, room.audit, room.clock);
    private final Map<String, Map<String, String>> settings = new HashMap<>();
    private final MoneyRoom money =
            new MoneyRoom(room.database, room.audit, ids, room.clock, "hub", ZoneOffset.UTC, () -> KeepingRules.USUAL);
    private final List<Standing> told = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Provisioning provisioning;

    @BeforeEach
    void open() throws IOException {
        provisioning = new Provisioning(
                conf, Map.of("PASSWORD", "correct horse"), ZoneOffset.UTC, targets(), room.clock, told::add);
        Files.writeString(conf.resolve("faq.md"), "---\nlanguage: zh\n---\n## 怎么退货\n\n七天\n");
        Files.writeString(conf.resolve("token"), "t-1");
    }

    @AfterEach
    void close() {
        provisioning.close();
        money.close();
        room.close();
    }

    @Test
    void models_are_as_a_file_says_and_off_when_it_says_so_no_more() throws IOException {
        var models = """
                desks:
                  shop: {title: Shop}
                money:
                  prices:
                    - {provider: deepseek, model: deepseek-chat, currency: CNY, input: 2, output: 8}
                providers:
                  deep: {type: deepseek, settings: {key: k}}
                deployments:
                  deep-chat: {provider: deep, model: deepseek-chat, window: 64_000, local: true, gap: 8s}
                  deep-cheap: {provider: deep, model: deepseek-small, unpriced: true}
                aliases:
                  support: {deployments: [deep-chat, deep-cheap], cheaper: deep-cheap}
                modelRules:
                  desks:
                    shop: {localOnly: true}
                """;
        Files.writeString(conf.resolve("models.yaml"), models);

        assertThat(provisioning.applyNow().problems()).isEmpty();
        assertThat(providers.all())
                .singleElement()
                .satisfies(one -> assertThat(one.contribution()).isEqualTo("deepseek"));
        var deployment = catalogue.now().deployment("deep-chat").orElseThrow();
        assertThat(deployment.traits().window()).isEqualTo(64_000);
        assertThat(deployment.limits().patience().gap()).contains(Duration.ofSeconds(8));
        assertThat(deployment.managedBy()).contains("models.yaml");
        assertThat(catalogue.now().alias("support").orElseThrow().cheaper()).contains("deep-cheap");
        assertThat(catalogue.now().rules().desk("shop").localOnly()).isTrue();
        var before = catalogue.now();
        provisioning.applyNow();
        assertThat(catalogue.now()).isSameAs(before);

        Files.delete(conf.resolve("models.yaml"));
        provisioning.applyNow();
        assertThat(catalogue.now().deployment("deep-chat").orElseThrow().enabled())
                .isFalse();
        assertThat(catalogue.now().aliases()).isEmpty();
    }

    @Test
    void a_model_without_a_price_is_a_problem_of_its_file_unless_the_file_lets_it_be() throws IOException {
        var models = """
                providers:
                  deep: {type: deepseek, settings: {key: k}}
                deployments:
                  off: {provider: deep, model: nobody-knows, enabled: false}
                  deep-chat: {provider: deep, model: nobody-knows}
                """;
        write("models.yaml", models);

        assertThat(provisioning.applyNow().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.where()).hasToString("models.yaml, line 5, deployments.deep-chat");
            assertThat(problem.words().en()).contains("unpriced: ", "there is none for nobody-knows (deepseek)");
        });
        assertThat(catalogue.now().deployments()).isEmpty();

        write("models.yaml", models.replace("model: nobody-knows}", "model: nobody-knows, unpriced: true}"));
        assertThat(provisioning.applyNow().problems()).isEmpty();
        assertThat(catalogue.now().deployment("deep-chat").orElseThrow().isOn()).isTrue();
    }

    @Test
    void a_model_of_a_file_stays_on_when_its_price_ends() throws IOException {
        var models = """
                providers:
                  deep: {type: deepseek, settings: {key: k}}
                deployments:
                  deep-chat: {provider: deep, model: deepseek-chat}
                """;
        var price = """
                money:
                  prices:
                    - {provider: deepseek, model: deepseek-chat, currency: CNY, input: 2, output: 8}
                """;
        write("models.yaml", models);
        write("prices.yaml", price);
        assertThat(provisioning.applyNow().problems()).isEmpty();

        Files.delete(conf.resolve("prices.yaml"));
        write("models.yaml", models.replace("chat}", "chat, weight: 2}"));

        assertThat(provisioning.applyNow().problems()).isEmpty();
        assertThat(money.prices().now().find("deepseek", "deepseek-chat", room.clock.instant()))
                .isEmpty();
        assertThat(catalogue.now().deployment("deep-chat").orElseThrow().isOn()).isTrue();
        assertThat(catalogue
                        .now()
                        .deployment("deep-chat")
                        .orElseThrow()
                        .traits()
                        .weight())
                .isEqualTo(2);
    }

    @Test
    void rules_for_answering_are_as_a_file_says_and_free_again_when_it_says_so_no_more() throws IOException {
        var times = rules.as(TurnTimes::of);
        Files.writeString(
                conf.resolve("rules.yaml"), "answeringRules:\n  turn: {interim: 1.5s, fragmentCharacters: 12}\n");

        assertThat(provisioning.applyNow().problems()).isEmpty();
        assertThat(times.get().interim()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(times.get().beginning()).isEqualTo(12);
        assertThat(times.get().end()).isEqualTo(TurnTimes.USUAL.end());
        assertThat(rules.now().managedBy()).contains("rules.yaml");

        Files.writeString(conf.resolve("rules.yaml"), "answeringRules:\n  turn: {interim: 2s}\n");
        assertThat(provisioning.applyNow().problems()).isEmpty();
        assertThat(times.get().interim()).isEqualTo(Duration.ofSeconds(2));
        assertThat(times.get().beginning()).isEqualTo(8);

        Files.delete(conf.resolve("rules.yaml"));
        provisioning.applyNow();
        assertThat(times.get().interim()).isEqualTo(Duration.ofSeconds(2));
        assertThat(rules.now().managedBy()).isEmpty();
    }

    @Test
    void a_rule_for_answering_that_cannot_be_is_named_with_its_line_and_changes_nothing() throws IOException {
        for (var wrong : List.of("interim: 1h", "interim: soon", "interval: 1s", "firstText: 50s\n    end: 20s")) {
            Files.writeString(
                    conf.resolve("rules.yaml"), "answeringRules:\n  turn:\n    typing: 1s\n    " + wrong + "\n");

            assertThat(provisioning.applyNow().problems()).singleElement().satisfies(problem -> {
                assertThat(problem.where().line()).as(wrong).isEqualTo(4);
                assertThat(problem.where().key()).startsWith("answeringRules.turn.");
                assertThat(problem.words().en()).doesNotContain("soon");
            });
            assertThat(rules.now().values()).isEqualTo(RuleValues.USUAL);
        }
        Files.writeString(conf.resolve("rules.yaml"), "answeringRules:\n  trun: {typing: 1s}\n");
        assertThat(provisioning.applyNow().problems())
                .extracting(
                        problem -> problem.where().key() + " " + problem.words().zh())
                .containsExactly("answeringRules.trun 没有这一组规则；可用的有 turn。");
    }

    @Test
    void an_alias_of_nothing_is_a_problem_of_its_file() throws IOException {
        Files.writeString(conf.resolve("models.yaml"), "aliases:\n  support: {deployments: [nobody]}\n");

        assertThat(provisioning.applyNow().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).contains("models.yaml", "nobody");
        });
        assertThat(catalogue.now().aliases()).isEmpty();
    }

    @Test
    void money_is_as_a_file_says_and_what_it_no_longer_says_holds_no_longer() throws IOException {
        var text = """
                money:
                  books: {currency: USD, zone: Asia/Shanghai, gracePercent: 5}
                  rates:
                    CNY: {rate: 0.14, source: "https://example.com"}
                  budgets:
                    - {scope: hub, period: month, amount: 100}
                    - {scope: desk, subject: "*", period: day, amount: 2.50}
                  prices:
                    - provider: qwen
                      model: qwen3-max
                      currency: CNY
                      input: 2.5
                      output: 10
                      tiers: [{above: 32000, input: 4, output: 16}]
                      windows: [{name: night, from: "22:00", to: "06:00", zone: Asia/Shanghai, factor: 0.5}]
                """;
        write("money.yaml", text);

        assertThat(provisioning.applyNow().problems()).isEmpty();
        assertThat(provisioning.applyNow().problems()).isEmpty();
        var now = room.clock.instant();
        var quote = money.prices().now().find("qwen", "qwen3-max", now).orElseThrow();
        assertThat(quote.rate()).isEqualByComparingTo("0.14");
        assertThat(quote.price().managedBy()).contains("money.yaml");
        assertThat(money.prices().now().prices()).hasSize(1);
        assertThat(money.prices().now().rates()).hasSize(1);
        assertThat(money.books().rules().gracePercent()).isEqualTo(5);
        assertThat(money.limits().files()).containsExactly("money.yaml");
        assertThat(room.database.<Long>read(db -> db.createQuery("select sum(amount)::bigint from budget where enabled")
                        .mapTo(Long.class)
                        .one()))
                .isEqualTo(102_500_000_000L);

        Files.delete(conf.resolve("money.yaml"));
        assertThat(provisioning.applyNow().problems()).isEmpty();
        assertThat(money.prices().now().find("qwen", "qwen3-max", now.plusSeconds(1)))
                .isEmpty();
        assertThat(money.books().file()).isEmpty();
        assertThat(room.database.<Long>read(db -> db.createQuery("select count(*) from budget where enabled")
                        .mapTo(Long.class)
                        .one()))
                .isZero();
    }

    @Test
    void what_is_wrong_about_money_is_named_with_its_line() throws IOException {
        write("money.yaml", """
                money:
                  budgets:
                    - {scope: planet, period: day, amount: 1}
                    - {scope: desk, period: day, amount: a lot}
                  prices:
                    - {provider: openai, model: m, currency: dollars, input: 1, output: 1}
                    - provider: openai
                      model: n
                      currency: USD
                      input: 1
                      output: 1
                      windows:
                        - {name: day, from: "08:00", to: "20:00", factor: 1}
                        - name: night
                          from: "20:00"
                          to: dawn
                          factor: 1
                    - {provider: openai, model: o, currency: USD, input: 1, output: 1, tiers: [{input: 2, output: 2}]}
                """);

        assertThat(provisioning.applyNow().problems())
                .extracting(problem ->
                        problem.where().line() + " " + problem.where().key())
                .containsExactly(
                        "3 money.budgets[1].scope",
                        "4 money.budgets[2].amount",
                        "6 money.prices[1].currency",
                        "16 money.prices[2].windows[2].to",
                        "18 money.prices[3].tiers[1]");
    }

    @Test
    void what_files_declare_is_so_and_is_shown_as_theirs() throws IOException {
        write("shop.yaml", SHOP);

        assertThat(applied()).isEmpty();

        assertThat(desk("shop").managedBy()).contains("shop.yaml");
        assertThat(person("li.na").managedBy()).contains("shop.yaml");
        assertThat(person("li.na").desks()).containsExactly(desk("shop").id().value());
        assertThat(channel("wk_demo").settings()).containsEntry("token", "sealed:t-1");
        assertThat(channel("wk_demo").managedBy()).contains("shop.yaml");
        assertThat(settings).containsEntry("shop.yaml", Map.of("organisation", "松林"));
        assertThat(served).hasValue(1);
        eventually(() -> room.direct(desk("shop").id().value(), "怎么退货").isPresent());
        assertThat(room.audited())
                .contains(
                        "file:shop.yaml desk.declared",
                        "file:shop.yaml person.declared",
                        "file:shop.yaml channel.declared",
                        "file:shop.yaml knowledge.added");
    }

    @Test
    void filters_and_responders_are_declared_with_their_settings_desks_stages_and_order() throws IOException {
        write("chain.yaml", CHAIN);

        assertThat(applied()).isEmpty();

        var words = filter("words");
        assertThat(words.contribution()).isEqualTo("sensitive-words");
        assertThat(words.title()).isEqualTo("Our words");
        assertThat(words.settings()).isEqualTo(Map.of("list", "one\ntwo"));
        assertThat(words.choices())
                .isEqualTo(new InstanceSpec.Choices(
                        Set.of("shop"),
                        Set.of("AGENT_OUT"),
                        Optional.of(Duration.ofMillis(200)),
                        Optional.of(Terms.WhenFailed.HOLD)));
        assertThat(words.managedBy()).contains("chain.yaml");
        assertThat(filters.all()).extracting(InstanceSpec::key).containsExactly("words", "plain-text");
        assertThat(responders.all()).extracting(InstanceSpec::key).contains("orders");
        assertThat(allowed)
                .isEqualTo(Map.of(
                        "channel-x",
                        new Permissions(AllowedHosts.of(List.of("api.example.com")), true, true, Set.of())));
        assertThat(made).hasValue(2);
        provisioning.applyNow();
        assertThat(made).hasValue(2);
    }

    @Test
    void a_filter_that_is_no_longer_declared_is_switched_off() throws IOException {
        write("chain.yaml", CHAIN);
        provisioning.applyNow();

        write("chain.yaml", "desks: {shop: {title: Shop}}");
        assertThat(applied()).isEmpty();

        assertThat(filter("words").enabled()).isFalse();
        assertThat(filter("plain-text").enabled()).isTrue();
    }

    @Test
    void a_filter_for_a_desk_that_is_not_there_is_named_with_its_line() throws IOException {
        write("chain.yaml", CHAIN.replace("desks: [shop]", "desks: [elsewhere]"));

        assertThat(applied()).singleElement().satisfies(problem -> {
            assertThat(problem.where().key()).isEqualTo("filters.words");
            assertThat(problem.words().en()).contains("there is no desk \"elsewhere\"");
        });
        assertThat(filters.all()).extracting(InstanceSpec::key).containsExactly("plain-text");
    }

    @Test
    void doing_it_twice_changes_nothing() throws IOException {
        write("shop.yaml", SHOP);
        provisioning.applyNow();
        var audited = room.audited().size();
        var id = person("li.na").id();

        assertThat(applied()).isEmpty();

        assertThat(room.audited()).hasSize(audited);
        assertThat(served).hasValue(1);
        assertThat(person("li.na").id()).isEqualTo(id);
    }

    @Test
    void what_a_file_no_longer_declares_is_switched_off_and_comes_back() throws IOException {
        write("shop.yaml", SHOP);
        provisioning.applyNow();

        Files.delete(conf.resolve("shop.yaml"));
        assertThat(applied()).isEmpty();

        assertThat(desk("shop").enabled()).isFalse();
        assertThat(person("li.na").enabled()).isFalse();
        assertThat(channel("wk_demo").enabled()).isFalse();
        assertThat(served).hasValue(2);
        assertThat(settings).doesNotContainKey("shop.yaml");
        eventually(() -> room.direct(desk("shop").id().value(), "怎么退货").isEmpty());

        write("shop.yaml", SHOP);
        provisioning.applyNow();
        assertThat(person("li.na").enabled()).isTrue();
        assertThat(channel("wk_demo").enabled()).isTrue();
        eventually(() -> room.direct(desk("shop").id().value(), "怎么退货").isPresent());
    }

    @Test
    void a_file_with_a_problem_changes_nothing_and_the_others_go_on() throws IOException {
        write("shop.yaml", SHOP);
        provisioning.applyNow();

        write("shop.yaml", SHOP.replace("roles: [agent]", "roles: [boss]").replace("title: Shop", "title: Other"));
        write("other.yaml", "desks: {other: {title: Other}}\n");
        var problems = applied();

        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().toString())
                .startsWith("shop.yaml, line 4, people.li.na.roles: there is no such role");
        assertThat(provisioning.standing().problems()).isEqualTo(problems);
        assertThat(desk("shop").titles()).containsEntry("en", "Shop");
        assertThat(desk("shop").enabled()).isTrue();
        assertThat(desk("other").enabled()).isTrue();
        write("shop.yaml", SHOP);
        assertThat(applied()).isEmpty();
    }

    @Test
    void an_unknown_desk_is_named_with_its_line() throws IOException {
        write("a.yaml", "people:\n  wu: {roles: [agent], desks: [nowhere], password: correct horse}\n");
        write("b.yaml", "channels:\n\n  wk: {type: web, desk: nowhere}\n");

        assertThat(applied())
                .extracting(ConfProblem::toString)
                .containsExactlyInAnyOrder(
                        "a.yaml, line 2, people.wu: there is no desk \"nowhere\"",
                        "b.yaml, line 3, channels.wk: there is no desk \"nowhere\"");
    }

    @Test
    void a_file_may_use_the_desk_of_a_later_one() throws IOException {
        write("a.yaml", "people:\n  wu: {roles: [agent], desks: [late], password: correct horse}\n");
        write("b.yaml", "desks:\n  late: {title: Late}\n");

        assertThat(applied()).isEmpty();
    }

    @Test
    void two_files_that_declare_one_thing_are_told_apart() throws IOException {
        write("a.yaml", "desks:\n  one: {title: A}\n");
        write("b.yaml", "desks:\n  one: {title: B}\n");

        assertThat(applied().getFirst().toString())
                .isEqualTo("b.yaml, line 2, desks.one: the desk one is declared already in a.yaml, line 2, desks.one");
        assertThat(desk("one").titles()).containsEntry("en", "A");
    }

    @Test
    void the_last_owner_cannot_be_declared_away() throws IOException {
        write("a.yaml", "people:\n  boss: {roles: [owner], password: correct horse}\n");
        provisioning.applyNow();

        write("a.yaml", "");

        assertThat(applied().getFirst().words().en()).contains("nobody else is an owner");
        assertThat(person("boss").enabled()).isTrue();
    }

    @Test
    void changes_are_seen_without_a_restart_also_those_of_files_that_are_named() throws IOException {
        write("shop.yaml", SHOP);
        provisioning.start();

        Files.writeString(conf.resolve("token"), "t-22");
        eventually(() -> channel("wk_demo").settings().containsValue("sealed:t-22"));
        Files.writeString(conf.resolve("faq.md"), "---\nlanguage: zh\n---\n## 怎么付款\n\n微信、支付宝\n");
        eventually(() -> room.direct(desk("shop").id().value(), "怎么付款").isPresent());
        write("shop.yaml", SHOP.replace("title: Shop", "title: New name"));
        eventually(() -> desk("shop").titles().containsValue("New name"));
    }

    @Test
    void it_is_known_since_when_each_file_is_in_force_and_which_is_not() throws IOException {
        write("a.yaml", "desks:\n  one: {title: A}\n");
        write("b.yaml", "desks:\n  two: {title: B}\n");
        provisioning.applyNow();
        var first = room.clock.instant();

        room.clock.move(Duration.ofMinutes(5));
        write("b.yaml", "desks:\n  two: {titel: B}\n");
        write("c.yaml", "desks: {three: {titel: C}}\n");
        provisioning.applyNow();

        assertThat(told.getLast()).isEqualTo(provisioning.standing());
        assertThat(told.getLast().readAt()).isEqualTo(room.clock.instant());
        assertThat(told.getLast().files())
                .containsExactly(
                        new Standing.FileState("a.yaml", Optional.of(first), true),
                        new Standing.FileState("b.yaml", Optional.of(first), false),
                        new Standing.FileState("c.yaml", Optional.empty(), false));

        write("b.yaml", "desks:\n  two: {title: New}\n");
        Files.delete(conf.resolve("c.yaml"));
        provisioning.applyNow();

        assertThat(told.getLast().files())
                .containsExactly(
                        new Standing.FileState("a.yaml", Optional.of(first), true),
                        new Standing.FileState("b.yaml", Optional.of(room.clock.instant()), true));
        assertThat(told.getLast().problems()).isEmpty();
    }

    private List<ConfProblem> applied() {
        return provisioning.applyNow().problems();
    }

    private Priced priced(Deployment deployment) {
        var provider = providers.all().stream()
                .filter(one -> one.key().equals(deployment.instance()))
                .map(InstanceSpec::contribution)
                .findFirst()
                .orElse("");
        return money.prices()
                        .now()
                        .find(provider, deployment.model(), room.clock.instant())
                        .isPresent()
                ? new Priced.Known()
                : new Priced.NoPrice(provider);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(conf.resolve(name), text);
    }

    private Targets targets() {
        var secrets = new DeclaredChannels.Secrets() {
            @Override
            public ChannelInstance seal(ChannelInstance plain) {
                return with(plain, "sealed:", "");
            }

            @Override
            public ChannelInstance open(ChannelInstance stored) {
                return with(stored, "", "sealed:");
            }
        };
        var keeper = new DeclaredSettings.Keeper() {
            @Override
            public Set<String> files() {
                return Set.copyOf(settings.keySet());
            }

            @Override
            public void declare(String file, Map<String, String> declared) {
                if (declared.isEmpty()) settings.remove(file);
                else settings.put(file, declared);
            }
        };
        return new Targets(
                new DeclaredDesks(room.database, room.audit, ids, room.clock),
                new DeclaredPeople(staff, this::desks),
                new DeclaredPlugins((plugin, permissions, actor) -> allowed.put(plugin, permissions)),
                new DeclaredChannels(
                        room.database, room.audit, ids, room.clock, this::desks, secrets, served::incrementAndGet),
                declared(filters),
                declared(responders),
                declared(providers),
                declared(translators),
                new DeclaredModels(catalogue, new PriceGate(this::priced), this::desks),
                new DeclaredRules(rules),
                new DeclaredKnowledge(room.knowledge, this::desks),
                new DeclaredSettings(keeper),
                new DeclaredMoney(money.books(), money.prices(), money.limits(), ids, room.clock),
                new DeclaredTranslation(new TranslationRules(room.database, room.audit, room.clock), this::desks));
    }

    private DeclaredInstances declared(StoredHost<?> host) {
        var sealing = new DeclaredInstances.Secrets() {
            @Override
            public InstanceSpec seal(InstanceSpec plain) {
                return plain;
            }

            @Override
            public InstanceSpec open(InstanceSpec stored) {
                return stored;
            }
        };
        return new DeclaredInstances(
                room.database, room.audit, room.clock, host, this::desks, sealing, made::incrementAndGet);
    }

    private <T extends AutoCloseable> StoredHost<T> host(Kind kind) {
        return new StoredHost<>(kind, room.database, new InstanceRows(ids), room.clock, (_, _, _, _, _) -> {
            throw new AssertionError("nothing is made here");
        });
    }

    private InstanceSpec filter(String key) {
        return filters.all().stream()
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static ChannelInstance with(ChannelInstance one, String add, String take) {
        var settings = one.settings().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> add + entry.getValue().substring(take.length())));
        return new ChannelInstance(
                one.id(),
                one.key(),
                one.title(),
                one.contribution(),
                one.desk(),
                settings,
                one.enabled(),
                one.managedBy());
    }

    private Map<String, UUID> desks() {
        return room.database.read(new Desks()::all).stream()
                .collect(Collectors.toMap(Desk::key, desk -> desk.id().value()));
    }

    private Desk desk(String key) {
        return room.database.read(new Desks()::all).stream()
                .filter(desk -> desk.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private Person person(String login) {
        return staff.all().stream()
                .filter(person -> person.login().equals(login))
                .findFirst()
                .orElseThrow();
    }

    private ChannelInstance channel(String key) {
        return Optional.of(room.database.read(new ChannelInstances()::all)).stream()
                .flatMap(java.util.Collection::stream)
                .filter(one -> one.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
