package io.kefuhub.core.audit.chain;

import io.kefuhub.api.Language;
import io.kefuhub.core.config.ConfigException;
import io.kefuhub.core.config.HubConfig;
import io.kefuhub.core.database.Database;
import io.kefuhub.core.database.DatabaseAddress;
import io.kefuhub.core.database.DatabaseAwayException;
import io.kefuhub.core.database.EmbeddedPostgres;
import io.kefuhub.core.database.EmbeddedPostgresException;
import io.kefuhub.core.web.Words;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/** {@code kefuhub audit verify}: proves that what was sealed is still as it was. Changes nothing. */
public final class AuditCommand {
    private static final int FINE = 0;
    private static final int FAILED = 1;
    private static final int NOT_TRIED = 2;
    private static final Duration QUIET = Duration.ofSeconds(1);

    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    public AuditCommand(Map<String, String> environment, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    /**
     * @param words what was typed after {@code audit}
     * @return the exit code
     */
    public int run(List<String> words) {
        var language = AuditOptions.language(environment);
        try {
            var options = AuditOptions.read(words, environment);
            language = options.language();
            var home = HubConfig.from(environment).home().toAbsolutePath().normalize();
            return verify(options, home);
        } catch (AuditOptions.UsageException e) {
            err.println(AuditOptions.usage(language));
        } catch (ConfigException e) {
            err.println(e.getMessage());
        } catch (DatabaseAwayException | EmbeddedPostgresException | IOException | UncheckedIOException e) {
            err.println(new Words("The audit cannot be read: ", "无法读取审计数据：").in(language) + e.getMessage());
        }
        return NOT_TRIED;
    }

    private int verify(AuditOptions options, Path home) throws IOException {
        var folder = options.checkpoints().orElse(home.resolve("data").resolve("audit"));
        var checkpoints = new Checkpoints(folder);
        var lines = checkpoints.all();
        var key = options.key().isPresent()
                ? Optional.of(Files.readString(options.key().get()).strip())
                : checkpoints.publicHalf();
        var server = HubConfig.from(environment).database();
        if (server.isPresent()) {
            var at = server.get();
            var address = new DatabaseAddress(at.jdbcUrl(), at.user(), at.password(), Optional.empty());
            return verify(options, address, lines, key);
        }
        if (!Files.isDirectory(home.resolve("data").resolve("postgres"))) {
            throw new DatabaseAwayException("there is no database in " + home);
        }
        var running = EmbeddedPostgres.running(home);
        if (running.isPresent()) return verify(options, running.get(), lines, key);
        try (var own = EmbeddedPostgres.start(home, err::println)) {
            return verify(options, own.address(), lines, key);
        }
    }

    private int verify(
            AuditOptions options, DatabaseAddress address, List<Checkpoints.Line> lines, Optional<String> key) {
        var outcome = Database.inspect(
                address,
                db -> new Verification(Verification.Reader.of(db), progress(options.language()))
                        .run(options.since(), lines, key));
        report(options.language(), outcome, lines.size());
        return outcome.isFine() ? FINE : FAILED;
    }

    private LongConsumer progress(Language language) {
        var told = new long[] {System.nanoTime()};
        return walked -> {
            if (System.nanoTime() - told[0] < QUIET.toNanos()) return;
            told[0] = System.nanoTime();
            err.println(new Words("%,d rows so far", "已核对 %,d 行").with(walked).in(language));
        };
    }

    private void report(Language language, Verification.Outcome outcome, int checkpoints) {
        outcome.findings().forEach(one -> out.println(one.words().in(language)));
        if (outcome.notShown() > 0) say(language, new Words("… and %d more", "……另有 %d 处").with(outcome.notShown()));
        var end = outcome.last().map(last -> last.sealed().at().toString()).orElse("–");
        say(
                language,
                new Words(
                                "%,d sealed rows looked at, the last sealed at %s; %,d went after their days; %,d wait to be sealed.",
                                "共核对 %,d 个封存行，最后封存于 %s；%,d 行已按保留期删除；%,d 行等待封存。")
                        .with(outcome.walked(), end, outcome.expired(), outcome.waiting()));
        say(
                language,
                new Words("%,d checkpoints, %,d of them about these rows.", "共 %,d 个检查点，其中 %,d 个涉及上述各行。")
                        .with(checkpoints, outcome.signed()));
        var verdict = outcome.isFine()
                ? new Words("All is as it was sealed.", "全部与封存时一致。")
                : new Words("%,d findings: this is not what was sealed.", "发现 %,d 处问题：与封存时不一致。")
                        .with(outcome.findings().size() + outcome.notShown());
        say(language, verdict);
    }

    private void say(Language language, Words words) {
        out.println(words.in(language));
    }
}
