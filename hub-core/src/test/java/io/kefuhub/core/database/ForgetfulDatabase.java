package io.kefuhub.core.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Jdbi;

/**
 * A group writer on a real database whose connection, when told to, breaks after a commit and before the answer to it, and
 * which then stays away for as long as it is told.
 */
public final class ForgetfulDatabase implements AutoCloseable {
    private final DatabaseAddress address;
    private final AtomicBoolean losesAnswer = new AtomicBoolean();
    private final GroupWriter writer;
    private volatile boolean away;
    private volatile boolean staysAway;

    /** @param wait for how long a unit is tried */
    public ForgetfulDatabase(DatabaseAddress address, Duration wait) {
        this.address = address;
        var jdbi = Jdbi.create(this::connect);
        ValueTypes.register(jdbi);
        writer = new GroupWriter("group-writer", jdbi::open, wait, new Outage());
    }

    public GroupWriter writer() {
        return writer;
    }

    /** The next commit goes through, and nobody hears of it. */
    public void loseNextAnswer() {
        losesAnswer.set(true);
    }

    /** After the next lost answer nobody gets through until {@link #comeBack}. */
    public void thenStayAway() {
        staysAway = true;
    }

    public void comeBack() {
        staysAway = false;
        away = false;
    }

    private Connection connect() throws SQLException {
        if (away) throw new SQLException("nobody answers", "08001");
        var real = Database.source(address).getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                    try {
                        var result = method.invoke(real, arguments);
                        if (method.getName().equals("commit") && losesAnswer.getAndSet(false)) {
                            away = staysAway;
                            real.close();
                            throw new SQLException("the connection broke", "08006");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void close() {
        writer.close();
    }
}
