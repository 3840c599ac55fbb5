package io.kefuhub.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which all that changes lies, with the folders that people drop things into. */
public record Home(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(Home.class);
    private static final FileAttribute<?> ONLY_OWNER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    /** Opens a home and creates what is missing in it. */
    public static Home at(Path folder) {
        var home = new Home(folder.toAbsolutePath().normalize());
        try {
            if (!Files.exists(home.data())) {
                Files.createDirectories(home.folder);
                Files.createDirectory(home.data(), ONLY_OWNER);
            }
            for (var part : List.of(home.data(), home.logs())) {
                Files.createDirectories(part);
                if (!Files.isWritable(part)) {
                    throw new ConfigException("KEFUHUB_HOME", "the hub may not write to " + part);
                }
            }
        } catch (IOException e) {
            throw new ConfigException("KEFUHUB_HOME", "the hub cannot create its folders in " + home.folder, e);
        }
        // What is only read need not be writable, nor there: the hub serves what it knows, and looks again.
        for (var part : List.of(home.conf(), home.plugins(), home.wasm())) createIfItCanBe(part);
        return home;
    }

    private static void createIfItCanBe(Path folder) {
        try {
            if (!Files.exists(folder)) Files.createDirectories(folder);
        } catch (IOException e) {
            LOG.warn("The folder {} is not there and cannot be made: {}", folder, e.toString());
        }
    }

    /** The database, stored files and the key for secrets: nothing for human hands. */
    public Path data() {
        return folder.resolve("data");
    }

    /** What proves that the audit is whole, outside the database: to be copied elsewhere. */
    public Path audit() {
        return data().resolve("audit");
    }

    public Path conf() {
        return folder.resolve("conf");
    }

    public Path plugins() {
        return folder.resolve("plugins");
    }

    public Path wasm() {
        return folder.resolve("wasm");
    }

    public Path logs() {
        return folder.resolve("logs");
    }
}
