package io.kefuhub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** The PostgreSQL that came with a hub, seen from outside. The driver comes from the packaged hub. Immutable. */
public final class HubDatabase {
    private static final int PORT_LINE = 3;
    private static final int SOCKET_LINE = 4;
    private static final int STATE_LINE = 7;

    private final Path data;

    /** @param home of the hub */
    public HubDatabase(Path home) {
        data = home.resolve("data");
    }

    /** PostgreSQL's first process; 0 while there is none that takes connections. */
    public long pid() throws IOException {
        var lines = lines();
        return lines.size() > STATE_LINE && lines.get(STATE_LINE).startsWith("ready")
                ? Long.parseLong(lines.getFirst().strip())
                : 0;
    }

    /** All of PostgreSQL's processes, the first one first. */
    public List<ProcessHandle> processes() throws IOException {
        return ProcessHandle.of(pid()).stream()
                .flatMap(first -> Stream.concat(Stream.of(first), first.descendants()))
                .toList();
    }

    /** Opens a connection as the hub does, through the socket that PostgreSQL says it has. */
    public Connection connect() throws SQLException, IOException {
        var lines = lines();
        var socket = Path.of(
                lines.get(SOCKET_LINE).strip(),
                ".s.PGSQL." + lines.get(PORT_LINE).strip());
        var properties = new Properties();
        properties.setProperty("user", "kefuhub");
        properties.setProperty("password", password());
        properties.setProperty("socketFactory", "io.kefuhub.core.database.UnixSocketFactory");
        properties.setProperty("socketFactoryArg", socket.toString());
        return DriverManager.getConnection("jdbc:postgresql://localhost/kefuhub", properties);
    }

    public String password() throws IOException {
        return Files.readString(data.resolve("postgres.password")).strip();
    }

    /** What PostgreSQL writes about itself, line by line; nothing while it does not run. */
    private List<String> lines() throws IOException {
        try {
            return Files.readAllLines(data.resolve("postgres/postmaster.pid"));
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
