package io.kefuhub.core.database;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * The database's files and the password that opens them.
 *
 * @param files PostgreSQL's own data folder
 */
record Cluster(Path files, String password) {
    static final String USER = "kefuhub";

    /** Makes them where there are none, in a sibling that is renamed at the end. */
    static Cluster in(Path data, Path programs, Account account, Consumer<String> progress) throws IOException {
        var files = data.resolve("postgres");
        var password = password(data.resolve("postgres.password"));
        if (Files.exists(files.resolve("PG_VERSION"))) {
            account.own(files);
            return new Cluster(files, password);
        }
        progress.accept("Creating the database (once)");
        var unfinished = data.resolve("postgres.unfinished");
        Folders.delete(unfinished);
        Files.createDirectory(
                unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.own(unfinished);
        var forInit = privateFile(data.resolve("postgres.password.init"), password);
        account.own(forInit);
        try {
            initialise(programs, account, unfinished, forInit);
        } finally {
            Files.delete(forInit);
        }
        Files.move(unfinished, files, StandardCopyOption.ATOMIC_MOVE);
        return new Cluster(files, password);
    }

    /** The built-in locale keeps the order of texts free of what is installed on this machine. */
    private static void initialise(Path programs, Account account, Path target, Path passwordFile) {
        var outcome = Command.run(account.command(List.of(
                programs.resolve("bin/initdb").toString(),
                "-D",
                target.toString(),
                "-U",
                USER,
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums",
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--no-instructions")));
        if (!outcome.ok()) {
            throw new EmbeddedPostgresException("PostgreSQL could not create its database: " + outcome.output());
        }
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        var random = new byte[24];
        new SecureRandom().nextBytes(random);
        var made = HexFormat.of().formatHex(random);
        var unfinished = privateFile(file.resolveSibling(file.getFileName() + ".unfinished"), made);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        return made;
    }

    private static Path privateFile(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text + "\n");
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        return file;
    }
}
