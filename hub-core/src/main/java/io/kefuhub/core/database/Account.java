package io.kefuhub.core.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Under which account PostgreSQL runs, which refuses to run as root and to be set up by a user without a name.
 *
 * @param prefix words put in front of a command to run it under this account
 * @param owner the user that must own the database's files
 */
record Account(List<String> prefix, String owner) {
    private static final List<String> SERVICE_USERS = List.of("kefuhub", "nobody");

    /**
     * An ordinary user runs it as himself; root as a service user that may enter the data folder; else a namespace in
     * which nobody is root.
     *
     * @param data the folder that holds the database's folder, already there
     */
    static Account choose(Path data) throws IOException {
        var id = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (id != 0 && Command.run("id", "-un").ok()) {
            return new Account(List.of(), Integer.toString(id));
        }
        if (id == 0) {
            letIn(data);
            for (var name : SERVICE_USERS) {
                var account = serviceUser(name).filter(found -> found.mayEnter(data));
                if (account.isPresent()) {
                    return account.get();
                }
            }
        }
        if (Command.run("unshare", "-U", "true").ok()) {
            return new Account(List.of("unshare", "-U"), Integer.toString(id));
        }
        throw new EmbeddedPostgresException(
                id == 0
                        ? "PostgreSQL does not run as root and the user nobody may not enter " + data
                                + "; set KEFUHUB_HOME to a folder below one that everybody may enter,"
                                + " or start the hub as an ordinary user."
                        : "PostgreSQL needs a user with a name, and user id " + id
                                + " has none in /etc/passwd; start the hub as a user that has one.");
    }

    List<String> command(List<String> words) {
        return Stream.concat(prefix.stream(), words.stream()).toList();
    }

    /** Gives a folder and all in it to this account, unless it has it already. */
    void own(Path folder) throws IOException {
        if (Files.getAttribute(folder, "unix:uid").toString().equals(owner)) {
            return;
        }
        var user = folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(owner);
        try (var all = Files.walk(folder)) {
            for (var path : all.toList()) {
                Files.setOwner(path, user);
            }
        }
    }

    private boolean mayEnter(Path folder) {
        return Command.run(command(List.of("/bin/sh", "-c", "cd \"$1\"", "enter", folder.toString())))
                .ok();
    }

    private static Optional<Account> serviceUser(String name) throws IOException {
        try (var lines = Files.lines(Path.of("/etc/passwd"))) {
            return lines.map(line -> line.split(":"))
                    .filter(fields -> fields.length > 3 && fields[0].equals(name))
                    .map(fields -> new Account(
                            List.of("setpriv", "--reuid=" + fields[2], "--regid=" + fields[3], "--clear-groups"),
                            fields[2]))
                    .findFirst();
        }
    }

    /** The hub's own two folders may be entered, not read, by others; those above are not ours to change. */
    private static void letIn(Path data) throws IOException {
        var folders = new ArrayList<Path>(List.of(data));
        Optional.ofNullable(data.getParent()).ifPresent(folders::add);
        for (var folder : folders) {
            var allowed = EnumSet.copyOf(Files.getPosixFilePermissions(folder));
            if (allowed.add(PosixFilePermission.OTHERS_EXECUTE)) {
                Files.setPosixFilePermissions(folder, allowed);
            }
        }
    }
}
