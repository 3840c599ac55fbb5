package io.kefuhub.core.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How the hub logs, said in Java because reading it from a file would take a tenth of a start. A file that
 * {@code logback.configurationFile} names, and that of tests, is read in its place. Made by Logback.
 */
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String FILE = "logback.configurationFile";
    private static final int DAYS = 7;

    private static final Map<String, Level> LEVELS = Map.of(
            // It tells of every broken connection with a stack trace; the database room tells of an outage once.
            "com.zaxxer.hikari", Level.ERROR,
            "org.flywaydb", Level.WARN,
            "org.eclipse.jetty", Level.WARN,
            "io.javalin", Level.WARN,
            "org.pf4j", Level.WARN);

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(FILE) != null || Logging.class.getResource("/logback-test.xml") != null)
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        var home = Path.of(Optional.ofNullable(System.getenv("KEFUHUB_HOME"))
                .filter(text -> !text.isEmpty())
                .orElse(".kefuhub"));
        LEVELS.forEach((name, level) -> context.getLogger(name).setLevel(level));
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.INFO);
        root.addAppender(console());
        root.addAppender(file(home.resolve("logs")));
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private Appender<ILoggingEvent> console() {
        var encoder = new PatternLayoutEncoder();
        encoder.setPattern("%d{HH:mm:ss.SSS} %-5level %logger{0} - %msg%n");
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setName("console");
        console.setEncoder(started(encoder));
        console.setContext(context);
        console.start();
        return console;
    }

    /** One JSON object a line, for machines; a week of it at most. */
    private Appender<ILoggingEvent> file(Path folder) {
        var encoder = new JsonEncoder();
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithFormattedMessage(true);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        var file = new RollingFileAppender<ILoggingEvent>();
        file.setName("file");
        file.setFile(folder.resolve("kefuhub.log").toString());
        file.setEncoder(started(encoder));
        file.setContext(context);
        var policy = new SizeAndTimeBasedRollingPolicy<ILoggingEvent>();
        policy.setContext(context);
        policy.setFileNamePattern(
                folder.resolve("kefuhub-%d{yyyy-MM-dd}.%i.log.gz").toString());
        policy.setMaxFileSize(FileSize.valueOf("50MB"));
        policy.setMaxHistory(DAYS);
        policy.setTotalSizeCap(FileSize.valueOf("500MB"));
        policy.setParent(file);
        policy.start();
        file.setRollingPolicy(policy);
        file.start();
        return file;
    }

    private Encoder<ILoggingEvent> started(Encoder<ILoggingEvent> encoder) {
        encoder.setContext(context);
        encoder.start();
        return encoder;
    }
}
