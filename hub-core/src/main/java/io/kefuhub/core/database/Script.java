package io.kefuhub.core.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgArray;

/**
 * Statements that go to the server as one message and come back as one: a round trip for all of them instead of one for
 * each. They run in the order they were added; the first that fails ends the script. One thread only.
 */
public final class Script {
    /** Parameters that surely fit into the buffers between the two, so that neither waits for the other to read. */
    private static final int SAFE_BYTES = 64 * 1024;

    private static final Statement COMMIT = new Statement("commit", List.of(), null);

    private final List<Statement> statements = new ArrayList<>();

    /** Reads one row. */
    public interface RowReader {
        void read(ResultSet row) throws SQLException;
    }

    private record Statement(
            String sql,
            List<Columns.Array> arrays,
            @Nullable RowReader reader) {
        int bytes() {
            return arrays.stream().mapToInt(array -> array.bytes().length).sum();
        }
    }

    /** Adds a statement whose question marks are these columns; without rows it is left out. */
    public Script update(String sql, Columns<?> columns) {
        if (!columns.isEmpty()) statements.add(new Statement(sql, columns.arrays(), null));
        return this;
    }

    /** Adds a query, whatever its columns hold; each row is read when the script runs. */
    public Script query(String sql, RowReader reader, Columns<?>... columns) {
        var arrays = new ArrayList<Columns.Array>();
        for (var some : columns) arrays.addAll(some.arrays());
        statements.add(new Statement(sql, arrays, reader));
        return this;
    }

    /** Runs what was added. */
    public void run(Handle tx) {
        if (statements.isEmpty()) return;
        try {
            if (mayGoTogether()) run(tx.getConnection(), statements);
            else for (var statement : statements) run(tx.getConnection(), List.of(statement));
        } catch (SQLException e) {
            throw new StatementFailedException(e);
        }
    }

    /** Runs what was added and commits the transaction, in the same round trip where it may be. */
    void runAndCommit(Handle tx) {
        if (mayGoTogether()) statements.add(COMMIT);
        run(tx);
        tx.commit();
    }

    /** A long answer to the first must not meet a long question that is still being sent. */
    private boolean mayGoTogether() {
        return statements.stream().allMatch(statement -> statement.reader() == null)
                || statements.stream().mapToInt(Statement::bytes).sum() <= SAFE_BYTES;
    }

    private static void run(Connection connection, List<Statement> together) throws SQLException {
        var sql = together.size() == 1
                ? together.getFirst().sql()
                : together.stream().map(Statement::sql).collect(Collectors.joining(";\n"));
        var driver = connection.unwrap(BaseConnection.class);
        try (var prepared = connection.prepareStatement(sql)) {
            var at = 0;
            for (var statement : together) {
                for (var array : statement.arrays()) {
                    prepared.setArray(++at, new PgArray(driver, array.oid(), array.bytes()));
                }
            }
            var isRows = prepared.execute();
            for (var statement : together) {
                var reader = statement.reader();
                if (isRows && reader != null) read(prepared.getResultSet(), reader);
                isRows = prepared.getMoreResults();
            }
        }
    }

    private static void read(ResultSet rows, RowReader reader) throws SQLException {
        while (rows.next()) reader.read(rows);
    }
}
